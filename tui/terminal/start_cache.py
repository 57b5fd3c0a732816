"""What Python works out anew at every start, kept.  A hack around Python, fenced in here.

A start imports 450 modules, most of them Textual's.  A fifth of that time goes into finding
their files one by one, another fifth into compiling what `dataclasses` generates and regular
expressions, always the same.  So the code of the modules, as Python has compiled it, lies in one
file of the user's cache folder, with that of the generated functions and of the expressions.

A module counts only while its source is the one that it was compiled from (as with Python's own
`.pyc` files), all of it only for the same Python, optimising as much, and the same folders on
`sys.path`; what is damaged does not count.  What is missing is done as ever, and the file written
anew at the end.  Only during the start is Python changed, and only one whose private parts are
known; ZAMETKA_START_CACHE=0 leaves it alone.
"""

import builtins
import marshal
import os
import sys
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from types import CodeType, ModuleType
from typing import Any
from zlib import crc32

SWITCH = "ZAMETKA_START_CACHE"
FORMAT = 2  # of the file
KNOWN = ((3, 11), (3, 12), (3, 13))  # the Pythons whose `re` and `dataclasses` this was written for
HEAD = 12  # bytes before the head: how long it is, its checksum

# path, mtime, size, is a package; of its code: place in the file, length, checksum
Module = tuple[str, int, int, bool, int, int, int]
Parts = tuple[dict[str, Module], dict[str, bytes], dict[tuple[str, int], bytes]]


def path_of(kind: str = "start") -> str:
    """The file of a kind of start, of this Python and this installation."""
    if sys.platform == "darwin":
        folder = os.path.expanduser("~/Library/Caches")  # noqa: PTH111 - pathlib takes its time
    else:
        folder = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")  # noqa: PTH111
    key = crc32(os.fsencode(f"{sys.version} {sys.prefix}"))
    return f"{folder}/zametka/{kind}-{key:08x}.bin"


def _stamp() -> tuple[int, str, int, list[tuple[str, int]]]:
    """What everything in the file depends on: Python, and what could be found first."""
    folders: list[tuple[str, int]] = []
    for path in sys.path:
        try:
            folders.append((path, os.stat(path).st_mtime_ns))  # noqa: PTH116
        except OSError:
            folders.append((path, 0))
    return (FORMAT, sys.version, sys.flags.optimize, folders)


class _Loader(SourceFileLoader):
    """Loads a module's code from the cache."""

    code: CodeType

    def get_code(self, fullname: str) -> CodeType | None:  # noqa: ARG002
        return self.code


class StartCache:
    """Finds modules, generated functions and expressions in the file, and notes what it lacks."""

    def __init__(self, path: str, descriptor: int | None, parts: Parts) -> None:
        self._path = path
        self._file = descriptor
        self._modules, self._functions, self._patterns = parts
        self._is_complete = descriptor is not None
        self._wanted: list[str] = []  # the modules that were asked for
        self._restore: list[tuple[ModuleType, str, Any]] = []

    def begin(self, *, has_dataclasses: bool) -> None:
        import re._compiler as compiler  # type: ignore[import-not-found]

        sys.meta_path.insert(sys.meta_path.index(PathFinder), self)  # type: ignore[arg-type]
        if has_dataclasses:
            import dataclasses

            self._replace(dataclasses, "exec", self._exec)
        self._replace(compiler, "compile", _patterns(compiler, self))

    def _replace(self, module: ModuleType, name: str, by: Any) -> None:
        self._restore.append((module, name, vars(module).get(name)))
        setattr(module, name, by)

    def end(self) -> None:
        """The start is over: Python is left as it was.

        The finders are put into another list, because a thread that is importing something would
        pass over the next one.
        """
        if self._restore:
            finders: list[Any] = sys.meta_path
            sys.meta_path = [each for each in finders if each is not self]
            for module, name, before in self._restore:
                if before is None:
                    delattr(module, name)
                else:
                    setattr(module, name, before)
            self._restore = []
            descriptor, self._file = self._file, None
            if descriptor is not None:
                os.close(descriptor)
            if self._is_complete:
                self._is_complete = self._modules.keys() >= set(self._names())
            if self._is_complete:  # nothing will be written
                self._modules, self._functions, self._patterns = {}, {}, {}

    # what is looked for

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> object:
        self._wanted.append(name)
        found, file = self._modules.get(name), self._file
        if found is None or file is None:
            return None
        path, mtime, size, is_package, start, length, checksum = found
        try:
            status = os.stat(path)  # noqa: PTH116
        except OSError:  # Python says what is the matter
            return None
        if (status.st_mtime_ns, status.st_size) != (mtime, size):
            self._is_complete = False
            return None
        try:
            data = os.pread(file, length, start)
        except OSError:
            data = b""
        if crc32(data) != checksum:  # the file is damaged
            self._is_complete = False
            return None
        loader = _Loader(name, path)
        loader.code = marshal.loads(data)  # noqa: S302 - our own
        spec = ModuleSpec(name, loader, origin=path, is_package=is_package)
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(path)]  # noqa: PTH120
        return spec

    def _exec(self, text: str, variables: dict[str, Any], results: dict[str, Any]) -> None:
        """What `dataclasses` calls for the functions that it generates."""
        known = self._functions.get(text)
        if known is None:
            code = compile(text, "<string>", "exec")
            self._functions[text] = marshal.dumps(code)
            self._is_complete = False
        else:
            code = marshal.loads(known)  # noqa: S302
        builtins.exec(code, variables, results)  # noqa: S102

    def pattern(self, text: str, flags: int) -> Any:
        """The arguments from which a regular expression is made."""
        known = self._patterns.get((text, flags))
        return None if known is None else marshal.loads(known)  # noqa: S302

    def note_pattern(self, text: str, flags: int, arguments: Any) -> None:
        self._patterns[text, flags] = marshal.dumps(arguments)
        self._is_complete = False

    # what is kept

    def write(self) -> None:
        """Write the file anew where something was missing in it."""
        if self._is_complete:
            return
        names = self._names()
        from pathlib import Path  # no start needs these

        from store.files import replace_privately

        folder = os.path.dirname(self._path)  # noqa: PTH120
        if not _is_ours(folder):
            return
        os.makedirs(folder, 0o700, exist_ok=True)  # noqa: PTH103
        replace_privately(Path(self._path), self._contents(names))

    def _names(self) -> list[str]:
        """The modules that can be kept, of those that were asked for."""
        return [name for name in dict.fromkeys(self._wanted) if _is_kept(sys.modules.get(name))]

    def _contents(self, names: list[str]) -> bytes:
        modules: dict[str, Module] = {}
        codes: list[bytes] = []
        place = 0
        for name in names:
            spec = sys.modules[name].__spec__
            path = str(spec.origin) if spec is not None else ""
            status = os.stat(path)  # noqa: PTH116
            code = _code(name, path, status)
            is_package = spec is not None and spec.submodule_search_locations is not None
            key = status.st_mtime_ns, status.st_size, is_package
            modules[name] = (path, *key, place, len(code), crc32(code))
            codes.append(code)
            place += len(code)
        head = marshal.dumps((_stamp(), modules, self._functions, self._patterns))
        checksum = crc32(head).to_bytes(4, "little")
        return b"".join([len(head).to_bytes(8, "little"), checksum, head, *codes])


def _is_ours(folder: str) -> bool:
    """Whether a folder, or what it would be made in, is the user's own: sudo keeps their HOME."""
    while not os.path.exists(folder):  # noqa: PTH110
        folder = os.path.dirname(folder)  # noqa: PTH120
    return os.stat(folder).st_uid == os.getuid()  # noqa: PTH116


def _code(name: str, path: str, source: os.stat_result) -> bytes:
    """A module's code as bytes: Python's own, which are the shorter ones, where there are any."""
    try:
        with open(cache_from_source(path), "rb") as file:  # noqa: PTH123
            data = file.read()
    except (OSError, NotImplementedError):
        data = b""
    dated = int(source.st_mtime) & 0xFFFFFFFF, source.st_size & 0xFFFFFFFF
    header = MAGIC_NUMBER + bytes(4) + b"".join(each.to_bytes(4, "little") for each in dated)
    if data.startswith(header):
        return data[len(header) :]
    return marshal.dumps(SourceFileLoader(name, path).get_code(name))


def _is_kept(module: ModuleType | None) -> bool:
    """Whether it is a module that Python loads from a source file."""
    spec = getattr(module, "__spec__", None)
    return (
        spec is not None
        and isinstance(spec.loader, SourceFileLoader)
        and spec.has_location
        and list(spec.submodule_search_locations or [])[1:] == []
    )


def _patterns(compiler: Any, cache: StartCache) -> Any:
    """`re`'s compiler, which is only used for what the cache does not know."""
    usual = compiler.compile

    def compile_(pattern: Any, flags: int = 0) -> Any:
        if not isinstance(pattern, str):
            return usual(pattern, flags)
        arguments = cache.pattern(str(pattern), int(flags))
        if arguments is None:
            parsed = compiler._parser.parse(pattern, flags)
            code = [int(each) for each in compiler._code(parsed, flags)]
            state = parsed.state
            names = dict(state.groupdict)
            by_number = {number: name for name, number in names.items()}
            groups = tuple(by_number.get(number) for number in range(state.groups))
            made = (str(pattern), int(flags | state.flags), code, state.groups - 1, names, groups)
            cache.note_pattern(str(pattern), int(flags), made)
            arguments = made
        return compiler._sre.compile(*arguments)

    return compile_


_cache: list[StartCache] = []  # at most one: that of the start that is under way


def begin(kind: str = "start", *, has_dataclasses: bool = True) -> None:
    """Use what is kept of a kind of start, from now to its end."""
    if os.environ.get(SWITCH) == "0":
        return
    if sys.version_info[:2] not in KNOWN or PathFinder not in sys.meta_path:
        return
    path = path_of(kind)
    if "" in sys.path or not os.path.isabs(path):  # noqa: PTH117 - any folder may be meant
        return
    descriptor, parts = _open(path)
    cache = StartCache(path, descriptor, parts)
    cache.begin(has_dataclasses=has_dataclasses)
    _cache.append(cache)


def end() -> None:
    """The start is over."""
    for cache in _cache:
        cache.end()


def write() -> None:
    """Write what was missing, when nobody waits for anything."""
    end()
    while _cache:
        cache = _cache.pop()
        try:
            cache.write()
        except (OSError, ValueError, SyntaxError, ImportError):  # it stays as it was
            return


def _open(path: str) -> tuple[int | None, Parts]:
    """The file, open, and what stands in it apart from the modules' code."""
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(path, flags)
    except OSError:
        return None, ({}, {}, {})
    try:
        status = os.fstat(descriptor)
        if status.st_uid == os.getuid() and status.st_mode & 0o777 == 0o600:
            before = os.pread(descriptor, HEAD, 0)
            length = int.from_bytes(before[:8], "little")
            head = os.pread(descriptor, min(length, status.st_size), HEAD)
            if crc32(head).to_bytes(4, "little") == before[8:]:
                stamp, modules, functions, patterns = marshal.loads(head)  # noqa: S302
                if stamp == _stamp():
                    start = HEAD + length
                    placed = {
                        name: (*each[:4], each[4] + start, *each[5:])
                        for name, each in modules.items()
                    }
                    return descriptor, (placed, functions, patterns)
    except (OSError, ValueError, EOFError, TypeError):
        pass  # it is written anew
    os.close(descriptor)
    return None, ({}, {}, {})
