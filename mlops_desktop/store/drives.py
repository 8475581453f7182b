"""Network drives, on which SQLite's locks and shared memory do not hold (sqlite.org/wal.html)."""

import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

_NETWORK = frozenset(
    {"9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.ceph", "fuse.davfs2"}
    | {"fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "glusterfs", "gpfs", "lustre"}
    | {"ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs", "vboxsf", "webdav"}
)
_MOUNTS = Path("/proc/self/mounts")
_REMOTE_DRIVE = 4


def network_kind(folder: Path) -> str | None:
    """Return what kind of network drive a folder lies on, None for a local disk.

    macOS does not say without a library of its own: there the answer is always None.
    """
    if sys.platform == "win32":
        import ctypes

        place = folder.resolve()
        found = ctypes.windll.kernel32.GetDriveTypeW(place.anchor)
        return "network" if found == _REMOTE_DRIVE or place.drive.startswith("\\\\") else None
    if not _MOUNTS.is_file():
        return None
    return mounted_kind(PurePosixPath(folder.resolve()), _MOUNTS.read_text("utf-8", "replace"))


def mounted_kind(folder: PurePosixPath, mounts: str) -> str | None:
    """Return the kind of the network mount a folder lies under, from the text of a mount table."""
    kind = "none"
    for place, found in _read_mounts(mounts):
        # Of mounts over one another the last one counts, and the deepest one of several.
        if folder.is_relative_to(place):
            kind = found
    return kind if kind in _NETWORK else None


def _read_mounts(mounts: str) -> Iterator[tuple[PurePosixPath, str]]:
    rows = [line.split() for line in mounts.splitlines()]
    named = [
        (_unescape(row[1]), row[2]) for row in rows if len(row) >= len(("what", "where", "how"))
    ]
    for place, kind in sorted(named, key=lambda pair: len(PurePosixPath(pair[0]).parts)):
        yield PurePosixPath(place), kind


def _unescape(place: str) -> str:
    for mark, meant in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(mark, meant)
    return place
