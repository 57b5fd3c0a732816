"""What can be done on the screen that is shown, with the keys that do it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from tui.keyboard.keys import own_bindings
from tui.language import N_, _

# heading -> the classes and the single bindings whose actions stand under it in the help
HEADINGS: Mapping[str, tuple[str, ...]] = {
    N_("Reading"): ("ArticleView", "ReadingScreen"),
    N_("Correcting"): ("EditingScreen", "accept-here"),
    N_("Selecting"): ("select-right", "select-left", "select-word", "drop-selection"),
    N_("Searching"): ("search-article", "next-hit", "previous-hit"),
    N_("The panel"): ("Panel", "go-to-panel", "toggle-panel"),
    N_("Articles"): (
        "LibraryScreen", "ListUndoingScreen", "ArticleList", "next-article", "previous-article",
        "next-unfinished-article", "back-to-list",
    ),
    N_("The dictionary"): ("DecidedScreen", "DictionaryList", "dictionary", "dictionary-of-list"),
    N_("Entities"): (
        "EntitiesScreen", "EntityList", "EntityScreen", "EntityPageList", "entities",
    ),
    N_("What was found"): ("ResultsScreen", "ResultList"),
    N_("The concordance"): ("ConcordanceScreen", "MarkingScreen", "ConcordanceList"),
    N_("Here"): ("Screen",),
    N_("In the list"): ("LineList",),
    N_("The program"): ("ZametkaApp",),
}  # fmt: skip
_ASIDE = (("wider",), ("narrower",), ("toggle-tags",))  # after the rest of their heading
_HEADING_OF = {name: heading for heading, names in HEADINGS.items() for name in names}


@dataclass(frozen=True)
class Action:
    """What a node can do: in English, under which heading, with which keys."""

    what: str
    heading: str
    keys: tuple[str, ...]
    action: str
    node: DOMNode
    names: tuple[str, ...] = ()
    shown: bool = False  # in the footer

    @property
    def in_words(self) -> str:
        return _(self.what)

    async def run(self) -> None:
        """Do it, as its key would."""
        await self.node.app.run_action(self.action, self.node)


def actions_of(screen: Screen[object]) -> list[Action]:
    """What the focused widget, the screen and the program can do, by heading.

    What two bindings call the same is one action with the keys of both; what has no key left,
    because others have them here, is none.
    """
    found: dict[tuple[str, str], Action] = {}
    for node, binding, keys in _in_effect(screen):
        new = _action(binding, node, keys)
        known = found.get((new.heading, new.what))
        if known is not None:
            new = replace(
                known,
                keys=known.keys + keys,
                names=known.names + new.names,
                shown=known.shown or new.shown,
            )
        found[new.heading, new.what] = new
    order = list(HEADINGS)
    return sorted(
        found.values(), key=lambda each: (order.index(each.heading), each.names[:1] in _ASIDE)
    )


def _in_effect(screen: Screen[object]) -> list[tuple[DOMNode, Binding, tuple[str, ...]]]:
    """Each binding with the keys that it has here.

    A key is the program's, else the screen's, else the focused widget's; of one node it is its own
    class's before that of a class above.
    """
    taken: set[str] = set()
    found = []
    for node in _nodes(screen):
        for kind in type(node).__mro__:
            for binding in own_bindings(kind):
                keys = tuple(key for key in binding.key.split(",") if key not in taken)
                taken.update(keys)
                if keys:
                    found.append((node, binding, keys))
    return found


def _nodes(screen: Screen[object]) -> Iterator[DOMNode]:
    """Those whose keys count now, the first first."""
    focused = screen.focused
    nodes = [] if focused is None else list(focused.ancestors_with_self)
    yield screen.app
    yield screen
    yield from reversed([node for node in nodes if node is not screen.app and node is not screen])


def _action(binding: Binding, node: DOMNode, keys: tuple[str, ...]) -> Action:
    return Action(
        what=binding.tooltip or binding.description,
        heading=_heading(binding, node),
        keys=keys,
        action=binding.action,
        node=node,
        names=(binding.id,) if binding.id else (),
        shown=binding.show,
    )


def _heading(binding: Binding, node: DOMNode) -> str:
    """The heading of a binding, else of the class that has it, else of what that is a kind of."""
    if binding.id in _HEADING_OF:
        return _HEADING_OF[binding.id]
    for kind in type(node).__mro__:
        if binding in vars(kind).get("BINDINGS", ()):
            names = [base.__name__ for base in kind.__mro__]
            return next((_HEADING_OF[name] for name in names if name in _HEADING_OF), "Here")
    return "Here"
