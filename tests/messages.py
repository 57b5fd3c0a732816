"""The messages of the interface: taken from the sources, kept in the catalogues.

`make messages` runs this: every `.po` gets what the sources say and loses what they no longer
say, and the `.mo` beside it is made anew.  What is still to be translated is named.
"""

import ast
import inspect
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from annotations.schema import DEFAULT_SCHEMA
from tui.language import DOMAIN, LOCALES

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("annotations", "store", "tui")
SINGLE = ("_", "N_", "Phrase")  # their first argument is a message
COUNTED = ("counted", "NN_")  # the first two are the forms of one
BINDING = "key"  # the third and the fourth of a binding
VOLATILE = tuple(
    f'"{name}: '.encode()
    for name in (
        "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator",
        "Generated-By",
    )
)  # of the header: what says when and with what, not what  # fmt: skip
Said = str | tuple[str, str]


@dataclass(frozen=True)
class Message:
    """A message of the sources, or of a call that has none where one belongs."""

    said: Said | None
    path: str
    line: int


def messages() -> Iterator[Message]:
    """Every message of the program."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                for said in _said_by(node, tree):
                    if said != "":
                        yield Message(said, name, getattr(node, "lineno", 0))
    for label in DEFAULT_SCHEMA:
        yield Message(label.description, "annotations/schema.py", 0)


def _said_by(node: ast.AST, tree: ast.Module) -> Iterator[Said | None]:
    if isinstance(node, ast.FunctionDef) and any(map(_makes_command, node.decorator_list)):
        yield inspect.cleandoc(ast.get_docstring(node) or "")
    if not isinstance(node, ast.Call):
        return
    function = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    function = node.func.id if isinstance(node.func, ast.Name) else function
    if function in SINGLE and node.args:
        yield from _alternatives(node.args[0], marks=function == "N_")
    elif function in COUNTED and len(node.args) > 1:
        yield from _counted(node.args, tree)
    elif function == BINDING and len(node.args) > 2:
        footer = [each.value for each in node.keywords if each.arg in ("footer", "what")]
        yield from (_constant(each) for each in [*node.args[2:4], *footer])


def _alternatives(node: ast.expr, *, marks: bool) -> Iterator[Said | None]:
    """The message, or both of `a if condition else b`; a variable's are marked elsewhere."""
    if isinstance(node, ast.IfExp):
        yield from _alternatives(node.body, marks=marks)
        yield from _alternatives(node.orelse, marks=marks)
    elif isinstance(node, ast.JoinedStr) or (marks and _constant(node) is None):
        yield None
    elif (said := _constant(node)) is not None:
        yield said


def _counted(arguments: list[ast.expr], tree: ast.Module) -> Iterator[Said | None]:
    """The forms, as they stand or as `*forms`, where `forms = "…", "…"` is near."""
    pairs = [arguments[:2]]
    if isinstance(arguments[0], ast.Starred) and isinstance(arguments[0].value, ast.Name):
        name = arguments[0].value.id
        pairs = [
            each.value.elts
            for each in ast.walk(tree)
            if isinstance(each, ast.Assign) and isinstance(each.value, ast.Tuple)
            if [target.id for target in each.targets if isinstance(target, ast.Name)] == [name]
        ]
    for pair in pairs or [[]]:
        forms = [_constant(each) for each in pair]
        one, many = forms if len(forms) == 2 else (None, None)
        yield (one, many) if one is not None and many is not None else None


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _makes_command(decorator: ast.expr) -> bool:
    """`@click.command(…)` or `@click.group(…)`: the docstring is the command's help."""
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(call, ast.Attribute) and call.attr in ("command", "group")


def template() -> Catalog:
    """What the sources say."""
    catalog = Catalog(domain=DOMAIN, fuzzy=False)
    for message in messages():
        if message.said is not None:
            catalog.add(message.said, locations=[(message.path, None)])
    return catalog


def catalogues() -> list[Path]:
    return sorted(Path(LOCALES).glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parent.parent.name, domain=DOMAIN)


def compiled(catalog: Catalog) -> bytes:
    """The `.mo` of a catalogue, the same whenever it is made."""
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def update(path: Path) -> list[str]:
    """Make a catalogue what the sources say; returns what is still to be translated."""
    catalog = read(path)
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    stream = io.BytesIO()
    write_po(stream, catalog, width=100, include_lineno=False)
    lines = stream.getvalue().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(VOLATILE)))
    path.with_suffix(".mo").write_bytes(compiled(catalog))
    return [str(each.id) for each in catalog if each.id and not is_translated(each.string)]


def is_translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    left = {path: update(path) for path in catalogues()}
    for path, missing in left.items():
        for each in missing:
            sys.stderr.write(f"{path.relative_to(ROOT)}: to be translated: {each!r}\n")
    sys.exit(any(left.values()))
