"""Small real file systems, filled to the last byte while people save: they need root.

They are mounted in a name space of their own, which ends with the process that has it.
"""

import ctypes
import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from store.copies import backup
from store.copies.beside import new_file
from store.errors import CannotWrite
from store.library import Saved
from tests.faults import checks, work
from tests.faults.checks import Claims
from tests.faults.kills import folder, fork
from tests.faults.table import Result
from tests.faults.work import Work, opened

SIZE = 4  # megabytes
_NEW_NAMESPACE = 0x00020000  # CLONE_NEWNS
MUST_HOLD = "acknowledged are there, refused are not; after making room all goes on"


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def tmpfs(place: Path, _image: Path) -> None:
    mount("-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(place))


def ext4(place: Path, image: Path) -> None:
    with image.open("wb") as file:
        file.truncate((SIZE + 4) << 20)
    subprocess.run(["mkfs.ext4", "-q", "-m", "0", str(image)], check=True, capture_output=True)
    mount("-o", "loop", str(image), str(place))


DISKS: Mapping[str, Callable[[Path, Path], None]] = {"tmpfs": tmpfs, "ext4": ext4}


def why_not() -> str:
    """Why this machine does not allow it; empty where it does."""
    if os.geteuid() != 0:
        return "mounting takes root"
    if ctypes.CDLL(None, use_errno=True).unshare(0):
        return "this kernel has no name spaces"
    missing = [each for each in ("mount", "mkfs.ext4") if shutil.which(each) is None]
    return f"{missing[0]} is missing" if missing else ""


def filling(place: Path, image: Path, kind: str, rounds: int, seed: int) -> Work:
    """Fill the disk, be refused, make room, go on; says how often, and what does not hold."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NAMESPACE):
        raise OSError(ctypes.get_errno(), "no name space of its own")
    mount("--make-rprivate", "/")
    DISKS[kind](place, image)
    path, claims, chance = place / "library", Claims(), random.Random(seed)
    work.created(path)
    claims.take((word, each, "") for each in work.ALL for word in ("try", "done"))
    for number in range(rounds):
        ballast = place / "ballast"
        _fill(ballast, chance.randrange(1, 5 * 4096))
        refused, failures = _save_until_refused(path, f"{seed}.{number}", claims, chance)
        failures += checks.violations(path, claims, problems=True)
        if (place / ".lagebericht.backup.tmp").exists():
            failures.append("a backup that was refused has left something")
        ballast.unlink()
        for each in work.ALL:
            failures += checks.after_a_save(path, each, f"{seed}.{number} next", claims)
        failures += checks.violations(path, claims)
        yield from (("failure", f"round {number}", each) for each in failures)
        yield "refused", str(refused), ""
    yield from (("failure", "read-only", each) for each in _read_only(place, path, claims))
    done = sum(sum(counter.values()) for counter in claims.done.values())
    yield "saved", str(done), ""


def _fill(path: Path, leave: int) -> None:
    """A file that leaves next to nothing of the disk."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 16))
        except OSError:
            size = os.fstat(file.fileno()).st_size
        file.truncate(max(size - leave, 0))
        os.fsync(file.fileno())


def _save_until_refused(
    path: Path, tag: str, claims: Claims, chance: random.Random
) -> tuple[int, list[str]]:
    """Save on all paths of writing until each has been refused; how often that was."""
    refused: Counter[str] = Counter()
    failures: list[str] = []
    for number in range(400):
        article, operation = chance.choice(work.ARTICLES), f"{tag}-{number}"
        library, name = opened(path), f"{tag}-{number}-article"
        kind = chance.choice(("edit", "add", "backup"))
        try:
            if kind == "edit":
                edit = work.some_edit(library.document(article), "user:0", chance)
                claims.take([("try", article, operation)])
                saved = library.apply(article, edit, author="user:0", operation=operation)
                assert isinstance(saved, Saved)
                claims.take([("done", article, operation)])
            elif kind == "add":
                claims.take([("try", name, "")])
                assert library.add(work.fresh(name))
                claims.take([("done", name, "")])
            else:
                target = path.with_name("lagebericht.backup")
                with new_file(target) as stream:
                    backup.write(library, stream, "user:0", work.unwatched, work.fail)
                target.unlink()
        except CannotWrite as error:
            refused[kind] += 1
            if "full" not in str(error):
                failures.append(f"{kind} is refused with «{error}»")
            if "Nothing was changed" in str(error):
                claims.take([("not", article if kind == "edit" else name, operation)])
            if min(refused[each] for each in ("edit", "add", "backup")) >= 2:
                break
    else:
        failures.append(f"the disk is never full: {dict(refused)}")
    return refused.total(), failures


def _read_only(place: Path, path: Path, claims: Claims) -> list[str]:
    """The disk becomes read-only, and then again not."""
    found: list[str] = []
    mount("-o", "remount,ro", str(place))
    try:
        found += checks.after_a_save(path, work.ARTICLES[0], "read-only", Claims())
        found.append("an edit on a read-only disk is said to be saved")
    except CannotWrite as error:
        if "read-only" not in str(error):
            found.append(f"a read-only disk is refused with «{error}»")
    found += [each for each in checks.violations(path, claims) if "lock" not in each]
    mount("-o", "remount,rw", str(place))
    found += checks.after_a_save(path, work.ARTICLES[0], "writable again", claims)
    return found + checks.violations(path, claims)


def run(rounds: int, seed: int) -> list[Result]:
    """Each of the file systems is filled so many times."""
    return [_run(kind, rounds, seed) for kind in DISKS]


def _run(kind: str, rounds: int, seed: int) -> Result:
    what = f"a full disk ({SIZE} MB, {kind}), then read-only"
    reason = why_not()
    if reason:
        return Result(what, MUST_HOLD, skipped=reason)
    with folder() as top:
        place, image = top / "disk", top / "image"
        place.mkdir()
        said, error = fork(lambda: filling(place, image, kind, rounds, seed)).wait_for_end()
    if "no name space" in error or "CalledProcessError" in error:
        return Result(what, MUST_HOLD, skipped=f"this machine does not allow it: {error[-200:]}")
    failures = [f"{seed}, {where}: {each}" for word, where, each in said if word == "failure"]
    refused = sum(int(count) for word, count, _ in said if word == "refused")
    saved = sum(int(count) for word, count, _ in said if word == "saved")
    seen = f"{saved:,} saved, {refused:,} refused"
    return Result(what, MUST_HOLD, rounds, seen, tuple(failures + ([error] if error else [])))
