"""As much of PostgreSQL's own client library as the benchmark needs: questions and COPY."""

import ctypes
from collections.abc import Iterable

from benchmarks.search_engine import NotHere

LIBRARY = "libpq.so.5"
_OK, _ROWS, _COPY = 1, 2, 4  # of PQresultStatus


def _load() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError:
        raise NotHere(f"{LIBRARY} is not installed") from None
    for name in ("PQconnectdb", "PQexecParams", "PQexec", "PQgetResult"):
        getattr(library, name).restype = ctypes.c_void_p
    for name in ("PQgetvalue", "PQerrorMessage"):
        getattr(library, name).restype = ctypes.c_char_p
    return library


class Client:
    """A connection to a server whose socket lies in a folder."""

    def __init__(self, folder: str, user: str, database: str) -> None:
        self._library = _load()
        asked = f"host='{folder}' user='{user}' dbname='{database}'"
        self._connection = ctypes.c_void_p(self._library.PQconnectdb(asked.encode()))
        if self._library.PQstatus(self._connection):
            raise NotHere(f"PostgreSQL: {self._problem()}")

    def _problem(self) -> str:
        problem: bytes = self._library.PQerrorMessage(self._connection)
        return problem.decode(errors="replace").strip()

    def run(self, query: str, *parameters: str | int) -> list[tuple[str, ...]]:
        """The rows of an answer; `$1` and so on stand for the parameters."""
        values = [str(each).encode() for each in parameters]
        passed = (ctypes.c_char_p * len(values))(*values)
        result = ctypes.c_void_p(
            self._library.PQexecParams(
                self._connection, query.encode(), len(values), None, passed, None, None, 0
            )
        )
        try:
            return self._rows(result)
        finally:
            self._library.PQclear(result)

    def _rows(self, result: ctypes.c_void_p) -> list[tuple[str, ...]]:
        library = self._library
        if library.PQresultStatus(result) not in (_OK, _ROWS):
            raise RuntimeError(self._problem())
        columns = range(library.PQnfields(result))
        return [
            tuple(library.PQgetvalue(result, row, column).decode() for column in columns)
            for row in range(library.PQntuples(result))
        ]

    def copy(self, table: str, rows: Iterable[tuple[str | int, ...]]) -> None:
        """Put rows into a table, as fast as it takes them."""
        begun = ctypes.c_void_p(
            self._library.PQexec(self._connection, f"COPY {table} FROM STDIN".encode())
        )
        status = self._library.PQresultStatus(begun)
        self._library.PQclear(begun)
        if status != _COPY:
            raise RuntimeError(self._problem())
        for row in rows:
            line = ("\t".join(map(_escaped, row)) + "\n").encode()
            self._library.PQputCopyData(self._connection, line, len(line))
        self._library.PQputCopyEnd(self._connection, None)
        while result := self._library.PQgetResult(self._connection):
            self._rows(ctypes.c_void_p(result))
            self._library.PQclear(ctypes.c_void_p(result))

    def close(self) -> None:
        self._library.PQfinish(self._connection)


def _escaped(value: str | int) -> str:
    """As COPY reads it."""
    text = str(value).replace("\\", "\\\\")
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
