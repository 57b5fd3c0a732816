"""Steps in words: what was undone or done again, where, and what was not."""

from annotations.edits import Add, Change, Edit, Group, inverse, touched
from annotations.model import Annotation
from annotations.phrase import nested
from store.article.journal import HistoryEntry
from store.person.undoing import Elsewhere, Run
from tui.keyboard.keys import pressed
from tui.language import _, counted, told
from tui.page.wrap import wrapped
from tui.wording.result_words import result_in_words
from tui.wording.words import edit_in_words

WHEN = 11  # cells of a short time, where not all are of today
TIME = 5  # cells of a time of today


def step_in_words(edit: Edit, text: str, places: int | None = None) -> str:
    """What a step did; annotating one name at many places is told as that.

    `places` is their number where it is not the edit's own.
    """
    name = annotated_name(edit) if isinstance(edit, Group) else None
    if name is None:
        return edit_in_words(edit, text)
    return counted(
        "annotated {label} «{name}» in {count} place",
        "annotated {label} «{name}» in {count} places",
        len(touched(edit)) if places is None else places,
        label=name[0],
        name=nested(name[1]),
    )


def _came_of(edit: Edit, run: Run, text: str) -> str:
    """What was done again; of what was undone how it stands now."""
    if run.way == "redo":
        return step_in_words(edit, text, run.places)
    return undo_in_words(inverse(edit), text, run.places)


def undo_in_words(edit: Edit, text: str, places: int | None = None) -> str:
    """How it stands after an undo, which did `edit`; of annotating one name what that was."""
    step = inverse(edit)
    if isinstance(step, Group) and annotated_name(step):
        return step_in_words(step, text, places)
    return result_in_words(edit, text)


def annotated_name(group: Group) -> tuple[str, str] | None:
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
        what = _came_of(run.edit, run, article.text)
        if len(run.articles) > 1:
            what = counted(
                "{what} of {count} article",
                "{what} of {count} articles",
                len(run.articles),
                what=what,
            )
        elif with_title:
            what = _("{what}, in «{title}»").format(what=what, title=nested(article.title))
        parts = [(_("undone: {what}") if undone else _("done again: {what}")).format(what=what)]
    parts += _what_is_left(run, undone=undone, in_list=with_title)
    return "; ".join(parts)


def _what_is_left(run: Run, *, undone: bool, in_list: bool) -> list[str]:
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
        binding = ("undo" if undone else "redo") + ("-anywhere" if in_list else "")
        parts.append(
            counted(
                "stopped before {count} article: {key} goes on",
                "stopped before {count} articles: {key} goes on",
                run.total - run.looked,
                key=pressed(binding),
            )
        )
    return parts


def elsewhere_in_words(found: Elsewhere | None) -> str:
    """What there is to undo when there is nothing in this article."""
    if found is None:
        return _("there is nothing to undo")
    article = found.document.article
    return _(
        "nothing to undo in this article; your last step, in «{title}»: {what}. "
        "{key} in the list takes it back"
    ).format(
        title=nested(article.title),
        what=step_in_words(found.edit, article.text),
        key=pressed("undo-anywhere"),
    )


def entry_in_words(entry: HistoryEntry, text: str, undone: frozenset[str]) -> str:
    """A line of the history; `undone` are the operations that are taken back."""
    if entry.undoes is not None:
        return _("took back: {what}").format(what=undo_in_words(entry.edit, text))
    what = step_in_words(entry.edit, text)
    if entry.redoes is not None:
        return _("did again: {what}").format(what=what)
    return _("(undone) {what}").format(what=what) if entry.operation in undone else what


def entry_in_short(entry: HistoryEntry, text: str, undone: frozenset[str]) -> str:
    """The same for the list: a mark, then the annotated words and what became of them."""
    step = inverse(entry.edit)
    if entry.undoes is not None and isinstance(step, Group) and annotated_name(step):
        return f"↶ {step_in_words(step, text)}"
    what = step_in_words(entry.edit, text)
    if entry.undoes is not None:
        return f"↶ {what}"
    if entry.redoes is not None:
        return f"↷ {what}"
    return f"× {what}" if entry.operation in undone else what


def when_in_words(entry: HistoryEntry) -> str:
    """«2026-01-31 10:00»."""
    return entry.at.replace("T", " ")[:16]


def when_in_short(entry: HistoryEntry, today: str) -> str:
    """«10:00», «01-31 10:00» or «2025-01-31»: as much as tells it from today."""
    if entry.at[:10] == today[:10]:
        return entry.at[11:16]
    return when_in_words(entry)[5:] if entry.at[:4] == today[:4] else entry.at[:10]


def question_in_words(edit: Edit, text: str, width: int, height: int) -> str:
    """What restoring would do, and whether to: as many annotations named as there is room for."""
    for most in (6, 5, 4, 3, 2, 1):
        would = edit_in_words(edit, text, most)
        said = _("This would: {what}. Enter: do it · Esc: no").format(what=would)
        if len(wrapped(said, width)) <= height:
            break
    return said
