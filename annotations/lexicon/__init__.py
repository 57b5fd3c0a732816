"""Tables of facts that we list ourselves, one `.tsv` file each: currencies, units, months, …

A file is UTF-8; fields are separated by tabs; blank lines and lines that start with `#`
are left out.
"""

from functools import cache


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `<name>.tsv`, in the order of the file.

    Raises FileNotFoundError where the package has no such table.
    """
    from importlib.resources import files  # heavier than most tables

    text = files(__name__).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(
        tuple(line.split("\t")) for line in text.split("\n") if line.strip() and line[0] != "#"
    )
