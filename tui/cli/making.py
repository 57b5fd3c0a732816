"""The command that makes a library, or shares one."""

import shlex
import sys
from functools import partial
from pathlib import Path

import click

from store import root
from store.library import Library
from store.locations import library_path
from store.sharing import groups, permissions
from tui.cli.narration import progress, say, show
from tui.cli.options import chosen_library, library_option
from tui.language import N_, _, counted, told


@click.command()
@click.argument("path", required=False)
@click.option(
    "--shared",
    "name",
    metavar="GROUP",
    help=N_("Share it with the people of a group, who may all read and change everything."),
)
@library_option
@click.pass_context
def init(context: click.Context, path: str | None, name: str | None, library: str | None) -> None:
    """Make a library, at a PATH if one is given: private, or a group's.

    A library that is there is left as it is; with --shared it becomes the group's, with all that
    is in it. Prints the path.
    """
    where = _place(context, path, library)
    is_new = not root.is_there(where)
    was_private = not is_new and groups.shared_with(where) is None
    group = None if name is None else groups.group_to_share_with(name)
    if group is not None:
        root.create(where, partial(groups.share, group=group))
    elif is_new:
        root.create(where, groups.close)
    Library.open(where)  # what cannot be read is told
    show(str(where))
    left = 0 if group is None else _share_all(where)
    _tell(where, is_new=is_new, is_asked=group is not None)
    if group is not None and was_private:
        said = _(
            "whoever has it open opens it again: until then others cannot get at what they change"
        )
        say(said)
    if left:
        sys.exit(1)


def _place(context: click.Context, path: str | None, library: str | None) -> Path:
    """Where the library is to be; it may be said in one way only."""
    asked = library or context.obj
    if path is None:
        return chosen_library(context, library)
    if path == "":
        raise click.BadParameter(_("the path is empty"), context)
    if asked and library_path(asked) != library_path(path):
        raise click.UsageError(_("PATH and --library name two places: give one of them"), context)
    return library_path(path)


def _share_all(library: Path) -> int:
    """Give the group all that is in a library; names what cannot be given, and counts it."""
    mended, left = 0, 0
    for problem in progress(permissions.problems(library), _("sharing")):
        if permissions.mend(problem):
            mended += 1
            continue
        left += 1
        said = _("{path}: {what}. To mend it: {command}")
        what, command = told(problem.what), problem.command
        say(said.format(path=problem.path, what=what, command=command))
    if mended:
        say(counted("{count} permission changed", "{count} permissions changed", mended))
    return left


def _tell(library: Path, *, is_new: bool, is_asked: bool) -> None:
    """Whose the library is, and how everybody comes to use it."""
    group = groups.shared_with(library)
    line = f"export ZAMETKA_LIBRARY={shlex.quote(str(library))}"
    if group is None:
        say(_("a new library, yours alone") if is_new else _("there is a library already, private"))
        if library_path() != library:
            say(_("to use it from now on, put into ~/.profile: {line}").format(line=line))
        return
    whose = (
        _("a library shared with the group {group}")
        if is_new or is_asked
        else _("there is a library already, shared with the group {group}")
    )
    say(whose.format(group=group.name))
    said = _(
        "to use it, each of the group puts into ~/.profile, or an administrator for all of them "
        "into /etc/profile.d/zametka.sh: {line}"
    )
    say(said.format(line=line))
