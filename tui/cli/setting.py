"""The command that shows the settings."""

import click

from tui.display import display
from tui.language import N_, _
from tui.settings import settings, settings_path


@click.command("settings")
@click.option("--keys", is_flag=True, help=N_("Print a file with all keys, to save and change."))
def settings_(*, keys: bool) -> None:
    """Print where your settings lie and what is in effect.

    With --keys a file that changes nothing as it is: save it under that path, take the `#` from
    the lines that you want otherwise, and change them.
    """
    if keys:
        from tui.settings_file import whole_file

        click.echo(whole_file(), nl=False)
        return
    path, chosen = settings_path(), settings()
    if chosen.keys:
        from tui.keyboard.key_choices import use_keys

        use_keys(chosen.keys, path)
    is_there = "" if path.exists() else " " + _("(there is no such file)")
    click.echo(display(str(path)) + is_there)
    for line in in_effect():
        click.echo(line)
    for name, given in chosen.keys.items():
        click.echo(f"{display(name)}: {display(' '.join(given))}")


def in_effect() -> list[str]:
    """Each setting but the keys, a line each."""
    chosen = settings()
    return [
        f"language = {chosen.language}",
        f"theme = {chosen.theme}",
        f"picture = {str(chosen.picture).lower()}",
        f"frame_diff = {str(chosen.frame_diff).lower()}",
    ]
