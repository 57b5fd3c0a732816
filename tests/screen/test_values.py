"""The form of a value: in words, key by key, with errors under their fields; names of entities."""

from textual.pilot import Pilot
from textual.widgets import Input, Static

from store.library import Library
from tests.screen.test_correcting import app_on, only, opened, press, quotes, status_line, stored
from tui.screens.article import ArticleScreen
from tui.screens.dialogs import Form
from tui.widgets.option import Option
from tui.wording.value_words import NO_BREAK

MONEY = "1,5 млрд тенге"


def fields(pilot: Pilot[None]) -> list[str]:
    """What stands in the fields of the form that is open."""
    form = pilot.app.screen
    assert isinstance(form, Form)
    return [
        each.value for each in form.query(".row > Input, .row > Option").results(Input | Option)
    ]  # type: ignore[type-var]


def errors(pilot: Pilot[None]) -> dict[int, str]:
    """The errors that are shown, by the number of their field."""
    return {
        number: str(each.render())
        for number, each in enumerate(pilot.app.screen.query(".error").results(Static))
        if each.display
    }


async def at_money(pilot: Pilot[None], library: Library) -> None:
    """The form of the amount of money."""
    screen = await opened(pilot, library)
    screen.view.go_to_annotation(only(stored(library), MONEY))
    await press(pilot, "v")


async def test_words_fill_the_fields_in_while_they_are_typed(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await at_money(pilot, library)
        assert fields(pilot) == ["", "1500000000", "1500000000", "KZT", ""]
        await press(pilot, *"от 70 до 85 млрд рублей")
        assert fields(pilot)[1:] == ["70000000000", "85000000000", "RUB", ""]
        await press(pilot, "enter")
        value = only(stored(library), MONEY).value
        assert value == {"min": "70000000000", "max": "85000000000", "unit": "RUB"}


async def test_a_number_alone_leaves_the_unit(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await at_money(pilot, library)
        await press(pilot, *"не менее 2 млрд", "enter")
        value = only(stored(library), MONEY).value
        assert value == {"min": "2000000000", "max": None, "unit": "KZT"}
        screen = pilot.app.screen
        assert isinstance(screen, ArticleScreen)
        said = status_line(screen).replace(NO_BREAK, " ")
        assert said == "saved: value of «1,5 млрд тенге»: ≥ 2 000 000 000 KZT; it is accepted now"


async def test_a_unit_that_is_no_currency_is_refused_at_its_field(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await at_money(pilot, library)
        for unit in ("тугрики<>", "-5", "ABC"):
            pilot.app.screen.query_one("#field3", Input).value = unit
            await press(pilot, "tab", "enter")
            said = "this must be a code such as KZT, or the currency in Russian, not «{}»"
            assert errors(pilot) == {3: said.format(unit)}
        pilot.app.screen.query_one("#field3", Input).value = "ракушка"
        await press(pilot, "enter")
        assert (only(stored(library), MONEY).value or {})["unit"] == "ракушка"


async def test_words_that_are_no_such_value_are_refused_under_their_field(
    library: Library,
) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await at_money(pilot, library)
        await press(pilot, *"3 млрд", *"x", "enter")
        assert errors(pilot) == {0: "not understood as MONEY: «3 млрдx»"}
        assert pilot.app.focused is pilot.app.screen.query_one("#field0")
        await press(pilot, "backspace", "enter")
        value = only(stored(library), MONEY).value
        assert value == {"min": "3000000000", "max": "3000000000", "unit": "KZT"}


async def test_fields_that_are_filled_in_one_by_one_are_kept(library: Library) -> None:
    """What was typed after the words is not told anew from them."""
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await at_money(pilot, library)
        await press(pilot, *"3 млрд тенге", "tab", "tab", "backspace", *"9", "enter")
        value = only(stored(library), MONEY).value
        assert value == {"min": "3000000000", "max": "3000000009", "unit": "KZT"}


async def test_each_error_stands_under_its_field_and_nothing_is_lost(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await at_money(pilot, library)
        for number, content in ((1, "много"), (2, "2 млн"), (3, "")):
            pilot.app.screen.query_one(f"#field{number}", Input).value = content
        await press(pilot, "tab", "enter")
        assert sorted(errors(pilot)) == [1, 2, 3]
        assert "decimal number" in errors(pilot)[1]
        assert "must not be empty" in errors(pilot)[3]
        assert pilot.app.focused is pilot.app.screen.query_one("#field1")
        assert fields(pilot) == ["", "много", "2 млн", "", ""]


async def test_bounds_the_wrong_way_round_are_refused_at_the_upper_one(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await at_money(pilot, library)
        pilot.app.screen.query_one("#field2", Input).value = "7"
        await press(pilot, "tab", "enter")
        assert errors(pilot) == {2: "this must not be less than 1500000000"}
        assert pilot.app.focused is pilot.app.screen.query_one("#field2")


async def test_approx_is_chosen_with_space(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await at_money(pilot, library)
        await press(pilot, "up", "space", "enter")
        assert (only(stored(library), MONEY).value or {})["approx"] is True


async def test_a_form_that_changes_nothing_says_so(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        before = stored(library)
        await press(pilot, "tab", "v", "enter")
        assert status_line(screen) == "nothing was changed"
        assert stored(library) == before


async def test_letters_and_keys_that_arrive_together_keep_their_order(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await at_money(pilot, library)
        for key in ("5", "6", "backspace", "7"):
            pilot.app.simulate_key(key)
        await press(pilot, "f5")
        assert fields(pilot)[0] == "57"


# names


async def test_a_name_is_given_to_all_mentions_in_one_step(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        before = stored(library)
        screen.view.go_to_annotation(only(before, "Ольгой Сабитовой"))
        await press(pilot, "v")
        pilot.app.screen.query_one("#field0", Input).value = "Ольга Сабитова-Ли"
        await press(pilot, "enter")
        after = stored(library)
        here, there = only(after, "Ольгой Сабитовой"), only(after, "Ольге Сабитовой")
        assert here.value == there.value == {"name": "Ольга Сабитова-Ли"}
        assert (here.status, here.author) == ("accepted", "user:anna")
        assert (there.status, there.author) == ("suggested", "recogniser:test")
        assert after.revision == before.revision + 1
        await press(pilot, "u")
        assert stored(library).annotations == before.annotations


async def test_a_name_is_given_to_one_mention(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        screen.view.go_to_annotation(only(stored(library), "Ольгой Сабитовой"))
        await press(pilot, "v")
        pilot.app.screen.query_one("#field0", Input).value = "О. Сабитова"
        await press(pilot, "down", "space", "enter")
        after = stored(library)
        assert only(after, "Ольгой Сабитовой").value == {"name": "О. Сабитова"}
        assert only(after, "Ольге Сабитовой").value == {"name": "Ольга Сабитова"}
        assert status_line(screen) == (
            "saved: name of «Ольгой Сабитовой»: О. Сабитова; it is accepted now"
        )
        assert quotes(after, entity="e3") == ["Ольгой Сабитовой", "Ольге Сабитовой"]


async def test_the_only_mention_of_an_entity_has_no_choice(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab", "v")
        assert fields(pilot) == ["Актау"]
        assert not pilot.app.screen.query(Option)
