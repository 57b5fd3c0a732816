"""On a disk that other machines may write, an index is kept without shared memory."""

from pathlib import Path

import pytest

from store.index import database, disks, keeping
from store.index.database import one
from store.index.disks import is_network
from store.library import Library

MOUNTS = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:21 / /proc rw shared:5 - proc proc rw
40 22 0:40 / /srv rw,relatime - nfs4 server:/export rw,vers=4.2
41 40 8:2 / /srv/local rw - xfs /dev/sdb1 rw
42 22 0:42 / /mnt/our\040news rw shared:7 master:2 - cifs //server/share rw
43 22 0:43 / /home/anna/remote rw - fuse.sshfs anna@server:/ rw
44 22 0:44 / /media rw - autofs systemd-1 rw
45 22 0:45 / /media rw - nfs server:/media rw
46 22 0:46 / /ceph rw - ceph 10.0.0.1:/ rw
a line that is none
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", False),
        ("/home/anna/library", False),
        ("/srv", True),
        ("/srv/library/index.sqlite", True),
        ("/srvlocal", False),
        ("/srv/local/library", False),
        ("/srv/locality", True),
        ("/mnt/our news/library", True),
        ("/mnt/our", False),
        ("/home/anna/remote/library", True),
        ("/media/library", True),
        ("/ceph", True),
    ],
)
def test_a_disk_of_another_machine_is_known(tmp_path: Path, path: str, expected: bool) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert is_network(path, str(mounts)) is expected


@pytest.mark.parametrize("text", ["", "nothing\n", "1 2 3 4 / - \n", "\udcff / - nfs"])
def test_what_cannot_be_told_is_local(tmp_path: Path, text: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_bytes(text.encode(errors="surrogateescape"))
    assert not is_network("/srv", str(mounts))
    assert not is_network("/srv", str(tmp_path / "none"))


def test_a_symbolic_link_counts_for_what_it_leads_to(tmp_path: Path) -> None:
    mounts, there, link = tmp_path / "mountinfo", tmp_path / "there", tmp_path / "link"
    there.mkdir()
    link.symlink_to(there)
    mounts.write_text(f"1 2 0:1 / / rw - ext4 a rw\n3 2 0:3 / {there} rw - nfs b rw\n")
    assert is_network(str(link / "library"), str(mounts))


@pytest.mark.parametrize(("network", "mode", "mapped"), [(True, "delete", 0), (False, "wal", 1)])
def test_an_index_suits_its_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, network: bool, mode: str, mapped: int
) -> None:
    """Also one that was written on another kind of disk, and copied."""
    library = Library.create(tmp_path / "library")
    path = str(library.path / "index.sqlite")
    monkeypatch.setattr(disks, "is_network", lambda _path: not network)
    keeping.open_index(library).close()
    monkeypatch.setattr(disks, "is_network", lambda _path: network)
    for anew in (False, True):
        keeping.open_index(library, anew=anew).close()
        for write in (True, False):
            connection = database.connect(path, write=write)
            assert one(connection, "PRAGMA mmap_size") == mapped << 30
            if write or anew:
                assert one(connection, "PRAGMA journal_mode") == mode
            connection.close()
