"""What the cursor of an article's screen points at, and correcting that."""

from functools import partial

from annotations import edits
from annotations.edits import Edit, Stamp
from annotations.guess import again
from annotations.model import Annotation, Document, Span
from annotations.schema import Label
from tui.screens.editing import EditingScreen
from tui.widgets.article_view import ArticleView
from tui.words import quoted


class PointingScreen(EditingScreen):
    """Knows the article's view, where the cursor is."""

    @property
    def view(self) -> ArticleView:
        """Where the cursor is."""
        return self.query_one(ArticleView)

    def pointed(self) -> Annotation | None:
        """The annotation under the cursor; where there is none, that is said."""
        if self.view.annotation is None:
            self.say("there is no annotation under the cursor: Tab goes to the next one")
        return self.view.annotation

    def go_to_id(self, id_: str) -> None:
        if id_ in self.document.by_id:
            self.view.go_to_annotation(self.document.by_id[id_])

    async def correct(self, annotation: Annotation, span: Span, label: Label, said: str) -> None:
        """Another span or label; value and entity are told anew."""

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

        await self.save(make, f"{said} {self.quote(span)}", partial(self.go_to_id, annotation.id))

    def quote(self, span: Span) -> str:
        return quoted(self.document.article.text, span)
