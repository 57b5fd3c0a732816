"""What every start of the program does: speak a language, use the settings, tell errors."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from annotations.errors import AnnotationError
from store.errors import StoreError
from tui.language import _, speak_throughout, told
from tui.settings import SettingsError, settings

# The matrices of the recogniser are small: threads that multiply them wait for one another, and
# processes of it as well; on two cores they take twice the processor time for a tenth of speed.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def prepare() -> None:
    """Speak the language of the locale, then that of the settings; use the settings.

    A mistake in the settings is told in the language of the locale.
    """
    speak_throughout()
    chosen = settings()
    if chosen.language != "auto":
        speak_throughout(chosen.language)
    for name, value in {**ONE_THREAD, **chosen.environment}.items():
        os.environ.setdefault(name, value)


@contextmanager
def telling_errors() -> Iterator[None]:
    """End with a sentence and an exit code where something cannot be done."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        yield
    except (StoreError, AnnotationError) as error:
        _fail(told(error))
    except SettingsError as error:
        _fail(str(error))
    except BrokenPipeError:  # whoever read our output has had enough
        give_up_output()
        sys.exit(1)
    except OSError as error:
        give_up_output()
        _fail(f"{error.filename or _('standard output')}: {error.strerror}")


def give_up_output() -> None:
    """Send to nowhere what standard output or standard error do not take any longer, or Python
    complains of it at the end."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)


def _fail(message: str) -> NoReturn:
    from tui.cli.narration import fail  # click, which the screen does without

    fail(message)
