"""The language of the interface: every sentence that people read comes through here.

The catalogue is GNU gettext's (`locale/<language>/LC_MESSAGES/zametka.mo`, made from the `.po`
beside it).  English is the language of the source; where a catalogue lacks a sentence, English is
shown.
"""

import gettext
from pathlib import Path

DOMAIN = "zametka"
LOCALES = Path(__file__).parent / "locale"
LANGUAGES = ("en", "ru")

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def speak(language: str | None = None) -> None:
    """Speak a language from now on; None: that of the locale ($LANGUAGE, $LC_ALL, …, $LANG)."""
    global _catalogue  # noqa: PLW0603 - one process speaks one language
    languages = None if language is None else [language]
    _catalogue = gettext.translation(DOMAIN, LOCALES, languages, fallback=True)


def _(message: str) -> str:
    """A sentence in the language of the interface."""
    return _catalogue.gettext(message) if message else ""


def counted(one: str, many: str, count: int) -> str:
    """The form of a sentence that goes with a number, `{count}` in it filled in."""
    return _catalogue.ngettext(one, many, count).format(count=count)


def N_(message: str) -> str:  # noqa: N802 - gettext's name for it
    """Marks a sentence for the catalogue that is put into words later."""
    return message
