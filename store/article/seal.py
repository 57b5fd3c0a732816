"""The checksum that a snapshot begins with: it covers every byte after it."""

try:
    from _blake2 import blake2b  # what hashlib has, which loads OpenSSL before it
except ImportError:
    from hashlib import blake2b

NO_CHECKSUM = "0" * 32  # where the checksum is to stand
_HEAD = b'{\n  "_meta": {\n    "1": {\n      "checksum": "'
_LENGTH = len(_HEAD) + len(NO_CHECKSUM)


def sealed(data: bytes) -> bytes:
    """A snapshot that was written with NO_CHECKSUM, with its own."""
    rest = data[_LENGTH:]
    return b"".join((_HEAD, _checksum(rest), rest))


def is_whole(data: bytes) -> bool:
    """Whether the checksum fits: whatever the bytes say, it is what was written."""
    return data.startswith(_HEAD) and data[len(_HEAD) : _LENGTH] == _checksum(data[_LENGTH:])


def _checksum(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).hexdigest().encode()
