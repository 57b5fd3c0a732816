"""Steps in words: what was undone or done again, where, and what was not."""

from annotations.edits import Add, Change, Edit, Group, inverse, touched
from annotations.model import Annotation
from store.journal import HistoryEntry
from store.restoring import counts
from store.undoing import Elsewhere, Run
from tui.language import _, counted, told
from tui.wording.words import edit_in_words

WHEN = 16  # cells of a time


def step_in_words(edit: Edit, text: str, places: int | None = None) -> str:
    """What a step did; annotating one name at many places is told as that.

    `places` is their number where it is not the edit's own.
    """
    name = _annotated(edit) if isinstance(edit, Group) else None
    if name is None:
        return edit_in_words(edit, text)
    return counted(
        "annotated {label} «{name}» in {count} place",
        "annotated {label} «{name}» in {count} places",
        len(touched(edit)) if places is None else places,
        label=name[0],
        name=name[1],
    )


def _annotated(group: Group) -> tuple[str, str] | None:
    """The label and the name, where all that a group does is to annotate that name."""
    found: set[tuple[str, str]] = set()
    for part in group.edits:
        match part:
            case Add(Annotation(status="accepted") as made):
                pass
            case Change(before, Annotation(status="accepted") as made) if (
                before.status != "accepted"
            ):
                pass
            case _:
                return None
        found.add((made.label, str((made.value or {}).get("name") or "")))
    name = found.pop() if len(found) == 1 else None
    return name if name is not None and name[1] else None


def run_in_words(run: Run, *, with_title: bool = False) -> str:
    """«undone: annotated PER «…» in 57 places of 12 articles; 2 left, …»."""
    undone = run.way == "undo"
    if run.edit is None or run.document is None:
        parts = [_("nothing was undone") if undone else _("nothing was done again")]
    else:
        article = run.document.article
        what = step_in_words(run.edit, article.text, run.places)
        if len(run.articles) > 1:
            what = counted(
                "{what} of {count} article",
                "{what} of {count} articles",
                len(run.articles),
                what=what,
            )
        elif with_title:
            what = _("{what}, in «{title}»").format(what=what, title=article.title)
        parts = [(_("undone: {what}") if undone else _("done again: {what}")).format(what=what)]
    parts += _what_is_left(run)
    return "; ".join(parts)


def _what_is_left(run: Run) -> list[str]:
    """Conflicts, problems, articles that were not come to."""
    parts = []
    if run.left == 1 and not run.articles:
        parts.append(told(run.conflict))
    elif run.left:
        parts.append(
            counted(
                "{count} article left, because it was changed since",
                "{count} articles left, because they were changed since",
                run.left,
            )
        )
    if run.problems:
        parts.append(
            counted(
                "{count} article not saved: {problem}",
                "{count} articles not saved: {problem}",
                len(run.problems),
                problem=told(run.problems[0]),
            )
        )
    if run.is_stopped:
        rest = run.total - run.looked
        again = (
            counted(
                "stopped before {count} article: u goes on",
                "stopped before {count} articles: u goes on",
                rest,
            )
            if run.way == "undo"
            else counted(
                "stopped before {count} article: U goes on",
                "stopped before {count} articles: U goes on",
                rest,
            )
        )
        parts.append(again)
    return parts


def elsewhere_in_words(found: Elsewhere | None) -> str:
    """What there is to undo when there is nothing in this article."""
    if found is None:
        return _("there is nothing to undo")
    article = found.document.article
    return _(
        "nothing to undo in this article; your last step, in «{title}»: {what}. "
        "u in the list takes it back"
    ).format(title=article.title, what=step_in_words(found.edit, article.text))


def entry_in_words(entry: HistoryEntry, text: str, undone: frozenset[str]) -> str:
    """A line of the history; `undone` are the operations that are taken back."""
    what = step_in_words(inverse(entry.edit) if entry.undoes else entry.edit, text)
    if entry.undoes is not None:
        return _("took back: {what}").format(what=what)
    if entry.redoes is not None:
        return _("did again: {what}").format(what=what)
    return _("(undone) {what}").format(what=what) if entry.operation in undone else what


def when_in_words(entry: HistoryEntry) -> str:
    """«2026-01-31 10:00»."""
    return entry.at.replace("T", " ")[:WHEN]


def plan_in_words(edit: Edit, text: str) -> str:
    """What restoring would do: in full where it is little, else in numbers."""
    if not isinstance(edit, Group) or len(edit.edits) == 1:
        return edit_in_words(edit, text)
    added, deleted, changed = counts(edit)
    parts = [
        counted("add {count} annotation", "add {count} annotations", added),
        counted("delete {count} annotation", "delete {count} annotations", deleted),
        counted("change {count} annotation", "change {count} annotations", changed),
    ]
    wanted = (added, deleted, changed)
    return ", ".join(part for part, count in zip(parts, wanted, strict=True) if count)
