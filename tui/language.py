"""The language of the interface: every sentence that people read comes through here.

The catalogue is GNU gettext's (`locale/<language>/LC_MESSAGES/zametka.mo`, made from the `.po`
beside it).  English is the language of the source; where a catalogue lacks a sentence, English is
shown.
"""

import gettext
import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from annotations.phrase import Words, put

if TYPE_CHECKING:
    from annotations.schema import Label

DOMAIN = "zametka"
LOCALES = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120 - light
LANGUAGES = ("en", "ru")

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def speak(language: str | None = None) -> None:
    """Speak a language from now on; None: that of the locale."""
    global _catalogue  # noqa: PLW0603 - one process speaks one language
    chosen = language or of_locale(os.environ)
    _catalogue = gettext.translation(DOMAIN, LOCALES, [chosen], fallback=True)


def speak_throughout(language: str | None = None) -> None:
    """Speak a language in what click says too, which asks gettext for it: for a whole process."""
    os.environ["LANGUAGE"] = language or of_locale(os.environ)
    gettext.bindtextdomain(DOMAIN, LOCALES)
    gettext.textdomain(DOMAIN)
    speak(language)


def of_locale(environment: Mapping[str, str]) -> str:
    """The first of our languages that the first variable which is set asks for.

    gettext itself has no catalogue for English, and would go on to the next language after it.
    """
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        asked = environment.get(variable, "")
        if asked:
            names = [re.split("[_.@]", each)[0] for each in asked.split(":")]
            return next((name for name in names if name in LANGUAGES), "en")
    return "en"


def _(message: str) -> str:
    """A sentence in the language of the interface."""
    return _catalogue.gettext(message) if message else ""


def counted(one: str, many: str, count: int, **facts: object) -> str:
    """The form of a sentence that goes with a number, `{count}` and other facts filled in."""
    return _catalogue.ngettext(one, many, count).format(count=count, **facts)


def N_(message: str) -> str:  # noqa: N802 - gettext's name for it
    """Marks a sentence for the catalogue that is put into words later."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Marks the forms of a sentence with a number for the catalogue."""
    return one, many


def told(error: Exception | Words) -> str:
    """An error, or a phrase, in the language of the interface."""
    return str(put(error, _))


def description(label: "Label") -> str:
    """What a label means; a library's own descriptions stay as they are."""
    from annotations.schema import DEFAULT_SCHEMA

    is_ours = any(label.description == own.description for own in DEFAULT_SCHEMA)
    return _(label.description) if is_ours else label.description
