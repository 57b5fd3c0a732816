"""What the cursor of an article's screen points at, and correcting that."""

from functools import partial

from annotations import edits
from annotations.edits import Edit, Stamp
from annotations.guess import again
from annotations.model import Annotation, Document, Span
from annotations.schema import Label
from tui.language import _
from tui.screens.editing import EditingScreen
from tui.screens.saving import Then
from tui.widgets.article_view import ArticleView
from tui.wording.remarks import remarks
from tui.wording.words import quoted


class PointingScreen(EditingScreen):
    """Knows the article's view, where the cursor is."""

    @property
    def view(self) -> ArticleView:
        """Where the cursor is."""
        return self.query_one(ArticleView)

    @property
    def pointed_id(self) -> str | None:
        return self.view.current

    @property
    def hidden(self) -> int:
        """How many suggestions are not shown."""
        return 0

    def pointed(self) -> Annotation | None:
        """The annotation under the cursor; where there is none, that is said."""
        if self.view.annotation is None:
            self.say(_("there is no annotation under the cursor: Tab goes to the next one"))
        return self.view.annotation

    def mentions(self, annotation: Annotation) -> list[Annotation]:
        """All mentions of the entity that an annotation is a mention of, that one too."""
        return [
            each
            for each in self.document.annotations
            if each.id == annotation.id
            or (
                annotation.entity is not None
                and each.entity == annotation.entity
                and each.layer == annotation.layer
                and each.status != "rejected"
            )
        ]

    def go_to_id(self, id_: str) -> None:
        if id_ in self.document.by_id:
            self.view.go_to_annotation(self.document.by_id[id_])

    async def correct(
        self, annotation: Annotation, span: Span, label: Label, said: str, then: Then | None = None
    ) -> bool:
        """Another span or label; value and entity are told anew.  Then: go there.

        What is to be known about what came of it is said with it: see `remark`.
        """
        go_on = then or partial(self.go_to_id, annotation.id)

        def make(document: Document, stamp: Stamp) -> Edit:
            found = again(document, annotation, span, label.name, label.kind)
            return edits.correct(
                annotation,
                stamp,
                span=span,
                label=label.name,
                value=found.value,
                entity=found.entity,
            )

        def done() -> None:
            self.remark(annotation, self.document.by_id.get(annotation.id))
            go_on()

        return await self.save(make, said, done)

    def remark(self, old: Annotation | None, new: Annotation | None) -> None:
        """Add to what is said of a save what `old` lost or ran into as it became `new`."""
        if new is None:
            return
        text = self.document.article.text
        parts = [self.said, *remarks(old, new, self.document.annotations, text)]
        if len(parts) > 1:
            self.say(", ".join(parts))

    def quote(self, span: Span) -> str:
        return quoted(self.document.article.text, span)
