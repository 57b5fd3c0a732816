"""Every binding has a name and does something; every key works with either layout."""

import inspect
import tomllib
from collections.abc import Iterable, Iterator

import pytest
from textual import events
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input

from annotations.schema import DEFAULT_SCHEMA
from store.library import Library
from tui.app import ZametkaApp
from tui.keyboard.key_choices import import_all, in_toml, places, spelled
from tui.keyboard.keys import bindings_of, defined
from tui.keyboard.layout_keys import cyrillic, key_name, twin
from tui.screens.article import ArticleScreen
from tui.screens.asking import AskQuery
from tui.screens.dialogs import Choice, Menu
from tui.widgets.text_field import TextField

SIZE = (80, 24)
import_all()


def ours(kind: type = DOMNode) -> Iterator[type[DOMNode]]:
    for sub in kind.__subclasses__():
        if sub.__module__.startswith("tui."):
            yield sub
        yield from ours(sub)


def own_bindings(kind: type[DOMNode]) -> list[Binding]:
    """Those of the keys that we made for a class; text fields have some of Textual's kind."""
    found = vars(kind).get("BINDINGS", ())
    return [each for each in found if isinstance(each, Binding) and each.priority]


def test_every_binding_has_a_name_of_its_own() -> None:
    names = [each.id for kind in set(ours()) for each in own_bindings(kind)]
    assert None not in names
    assert sorted(filter(None, names)) == sorted(set(filter(None, names)))
    assert set(names) <= defined.keys()


def test_the_keys_can_be_written_in_the_settings() -> None:
    for binding in defined.values():
        assert tuple(map(spelled, binding.keys)) == binding.keys
        (written,) = tomllib.loads(f"keys = {in_toml(binding.keys)}").values()
        again = [written] if isinstance(written, str) else written
        assert tuple(map(spelled, again)) == binding.keys


def test_every_binding_does_something_and_every_action_has_a_key() -> None:
    bound = set()
    for kind in set(ours()):
        for binding in own_bindings(kind):
            target, _dot, action = binding.action.partition("(")[0].rpartition(".")
            bound.add(f"action_{action}")
            if target == "app":
                assert hasattr(ZametkaApp, f"action_{action}"), binding
            elif target == "screen":
                assert any(hasattr(screen, f"action_{action}") for screen, _ in places()), binding
            else:
                assert hasattr(kind, f"action_{action}") or _below(kind, action), binding
    textuals = {name for name, _ in inspect.getmembers(App)}
    actions = {
        name
        for kind in set(ours())
        for name in vars(kind)
        if name.startswith("action_") and name not in textuals
    }
    assert actions - bound - {"action_label"} == set()  # the labels' keys are the library's


def _below(kind: type[DOMNode], action: str) -> bool:
    return any(hasattr(sub, f"action_{action}") for sub in ours(kind))


@pytest.mark.parametrize("screen", sorted({screen for screen, _ in places()}, key=str))
def test_with_the_russian_layout_on_no_key_is_another_ones(screen: type[DOMNode]) -> None:
    """What the place of a key sends with ЙЦУКЕН on belongs to no other binding of the screen."""
    bound = {
        key
        for shown, bindings in places()
        if shown is screen
        for binding in bindings
        for key in binding.key.split(",")
    } | {key_name(label.key) for label in DEFAULT_SCHEMA}
    for key, sent in in_russian(bound).items():
        assert twin(sent) == key
        assert sent not in bound


def in_russian(keys: Iterable[str]) -> dict[str, str]:
    """What ЙЦУКЕН sends where some keys are, for those that it has other characters for."""
    parts = {key: key.rpartition("+") for key in sorted(keys)}
    return {
        key: modifiers + plus + key_name(russian)
        for key, (modifiers, plus, last) in parts.items()
        if (russian := cyrillic(last)) is not None
    }


async def pressed(app: ZametkaApp, key: str) -> list[str]:
    """What a key does on the screen as it is, without doing it."""
    done: list[str] = []

    async def note(action: object, namespace: object = None, namespaces: object = None) -> bool:
        done.append(f"{type(namespace).__name__}: {action}")
        return True

    app.run_action = note  # type: ignore[assignment,method-assign]
    screen = app.screen
    if isinstance(screen, ArticleScreen):

        async def label(number: int) -> None:
            done.append(f"label {number}")

        screen.action_label = label  # type: ignore[method-assign]
    await app.on_event(events.Key(key, None))
    del app.run_action
    return done


def twins_of(nodes: list[DOMNode]) -> dict[str, str]:
    """What ЙЦУКЕН sends for each key that is bound to some nodes."""
    return in_russian(
        key for node in nodes for each in bindings_of(type(node)) for key in each.key.split(",")
    )


@pytest.mark.parametrize("opened", ["", "f", "c", "A", "question_mark", "D"])
async def test_every_key_does_the_same_with_the_russian_layout(
    library: Library, opened: str
) -> None:
    """In an article, its panel and its dialogs, pressed one by one."""
    app = ZametkaApp(library, "harbour")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("tab", *([opened] if opened else []))
        await pilot.pause()
        nodes = [app, app.screen, *([app.focused] if app.focused else [])]
        keys = twins_of(nodes)
        assert len(keys) > 3
        for latin, russian in keys.items():
            done = await pressed(app, latin)
            assert done, latin
            assert await pressed(app, russian) == done, (latin, russian)


async def test_every_key_of_the_list_does_the_same_with_the_russian_layout(
    library: Library,
) -> None:
    app = ZametkaApp(library)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        nodes = [app, app.screen, *([app.focused] if app.focused else [])]
        for latin, russian in twins_of(nodes).items():
            done = await pressed(app, latin)
            assert done, latin
            assert await pressed(app, russian) == done, (latin, russian)


async def test_the_keys_of_the_labels_are_in_the_same_place_in_both_layouts(
    library: Library,
) -> None:
    app = ZametkaApp(library, "harbour")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for number, label in enumerate(DEFAULT_SCHEMA):
            name = key_name(label.key)
            russian = cyrillic(name)
            for key in [name] if russian is None else [name, key_name(russian)]:
                assert await pressed(app, key) == [f"label {number}"]


async def test_a_text_field_gets_the_letters_of_both_layouts(library: Library) -> None:
    app = ZametkaApp(library, "harbour")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("slash")
        await pilot.pause()
        assert isinstance(app.screen, AskQuery)
        typed = "фAж.,?:ю/Я"
        await pilot.press(*(key_name(each) for each in typed))
        assert app.screen.query_one(Input).value == typed
        await pilot.press("ctrl+ф", "delete")  # Ctrl+A, to the beginning
        assert app.screen.query_one(TextField).value == typed[1:]


@pytest.mark.parametrize("key", ["z", "я"])
async def test_a_letter_of_a_menu_is_pressed_in_either_layout(library: Library, key: str) -> None:
    chosen: list[int | None] = []
    app = ZametkaApp(library)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        menu = Menu("?", [Choice("ONE", "y", ""), Choice("TWO", "z", "")])
        await app.push_screen(menu, chosen.append)
        await pilot.press("w")
        assert app.screen is menu
        await pilot.press(key)
        await pilot.pause()
        assert chosen == [1]
