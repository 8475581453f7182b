"""A private mirror of a repository: tags and head fetched, files read, nothing checked out."""

import hashlib
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mlops_desktop import paths
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.http_faults import Fault
from mlops_desktop.outside.repositories.program import Access, Git, GitFault, GitLimits

_TAGS = "refs/tags/"
_HEAD = "refs/mirrored/head"
_FIELDS = (
    "%(objectname)%00%(*objectname)%00%(objecttype)%00%(*objecttype)%00%(taggername)%00"
    "%(taggerdate:iso-strict)%00%(contents:subject)%00%(refname)"
)
_SHA = re.compile(r"[0-9a-f]{40,64}")
_SCHEMES = frozenset({"https", "ssh"})


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its own object, and its commit; ``by`` and ``at`` are of annotated ones alone."""

    name: str
    object: str
    commit: str
    by: str | None
    at: str | None
    subject: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the mirror."""

    id: str
    author: str
    at: str
    subject: str


class Mirror:
    """Reads one repository; used by one thread, for one sync or one test.

    Raises AppError ``git.missing``, ``git.address_refused``, ``source.address_holds_secret``.
    All methods raise GitFault.
    """

    def __init__(
        self,
        url: str,
        access: Access,
        limits: GitLimits | None = None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._url, is_local = read_place(url)
        given = Access(access.username, access.secret, access.ca_file, access.proxy, is_local)
        self._limits = limits or GitLimits()
        self._git = Git(given, self._limits, is_cancelled)
        self._folder = _folder(self._url)

    def version(self) -> str:
        """Return the version of the program."""
        return self._git.run(["--version"]).decode().strip()

    def refs(self) -> dict[str, str]:
        """Return what every tag and the head point to, as the repository says now."""
        told = self._git.run(["ls-remote", "--", self._url, "HEAD", f"{_TAGS}*"])
        found = {}
        for line in told.decode("utf-8", "surrogateescape").splitlines():
            id, _, name = line.partition("\t")
            is_wanted = name == "HEAD" or name.startswith(_TAGS)
            if is_wanted and _SHA.fullmatch(id) and not name.endswith("^{}"):
                found[name] = id
        return found

    def bring(self, refs: dict[str, str]) -> None:
        """Fetch the tags and the head that the mirror does not have as they are."""
        if refs and self._known() == refs:
            return
        if not refs:  # nothing is there to fetch, and nothing of what was may stay
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (self._folder / "HEAD").exists():
            self._git.run(["init", "--quiet", "--bare", "--template=", str(self._folder)])
        if not refs:
            return
        wanted = [f"+{_TAGS}*:{_TAGS}*"]
        if "HEAD" in refs:
            wanted.append(f"+HEAD:{_HEAD}")
        options = [*("--no-tags", "--prune", "--force", "--no-recurse-submodules", "--depth=1")]
        # all files of these commits: where some are left out, git dies at the first one asked for
        options += ["--no-write-fetch-head"]
        try:
            self._run("fetch", "--quiet", *options, "--", self._url, *wanted, grows=True)
        except GitFault as fault:
            if fault.fault is Fault.TOO_LARGE:
                shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def tags(self) -> tuple[Tag, ...]:
        """Return the tags that stand for commits, by name."""
        told = self._run("for-each-ref", f"--format={_FIELDS}", _TAGS)
        found = (_tag(line) for line in told.decode("utf-8", "replace").splitlines())
        return tuple(one for one in found if one is not None)

    def head(self) -> str | None:
        """Return the commit of the repository's own head."""
        told = self._run("for-each-ref", "--format=%(objectname)", _HEAD).decode().strip()
        return told or None

    def commits(self, ids: Iterable[str]) -> dict[str, Commit]:
        """Return commits by id."""
        asked = "\n".join(dict.fromkeys(ids)).encode()
        form = "--format=%H%x00%an%x00%aI%x00%s"
        told = (
            self._run("log", "--no-walk=unsorted", "--stdin", form, given=asked) if asked else b""
        )
        parts = (line.split("\0") for line in told.decode("utf-8", "replace").splitlines())
        return {one[0]: Commit(*one) for one in parts if len(one) == 4}

    def files(self, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
        """Return the plain files at (commit, path) that are there and not too large."""
        asked = [one for one in dict.fromkeys(places) if "\n" not in one[1]]
        if len(asked) > self._limits.files:
            raise GitFault(Fault.TOO_LARGE, "many_files", str(self._limits.files))
        given = "\n".join(f"{commit}:{path}" for commit, path in asked).encode()
        if not given:
            return {}
        told = self._run("cat-file", "--batch-check", given=given).decode("utf-8", "replace")
        blobs = [
            (place, parts[0])
            for place, line in zip(asked, told.splitlines(), strict=True)
            if len(parts := line.split(" ")) == 3
            and parts[1] == "blob"
            and int(parts[2]) <= self._limits.blob
        ]
        ids = "\n".join(dict.fromkeys(id for _, id in blobs)).encode()
        contents = dict(_contents(self._run("cat-file", "--batch", given=ids))) if ids else {}
        return {place: contents[id] for place, id in blobs if id in contents}

    def _known(self) -> dict[str, str] | None:
        if not (self._folder / "HEAD").exists():
            return None
        told = self._run("for-each-ref", "--format=%(objectname) %(refname)")
        lines = told.decode("utf-8", "surrogateescape").splitlines()
        found = {name: id for id, _, name in (line.partition(" ") for line in lines)}
        return {"HEAD" if name == _HEAD else name: id for name, id in found.items()}

    def _run(self, *arguments: str, given: bytes = b"", grows: bool = False) -> bytes:
        place = ["--git-dir", str(self._folder), *arguments]
        return self._git.run(place, given=given, grows=self._folder if grows else None)


def forget_mirror(url: str) -> None:
    """Take away what was fetched of a repository; nothing happens where nothing was."""
    shutil.rmtree(_folder(read_place(url)[0]), ignore_errors=True)


def _folder(place: str) -> Path:
    name = hashlib.sha256(place.encode()).hexdigest()[:32]
    return paths.home() / "mirrors" / f"{name}.git"


def read_place(url: str) -> tuple[str, bool]:
    """Return the address as git is given it, and whether it is a folder of this machine.

    Raises ``git.address_refused`` for another protocol, ``source.address_holds_secret``.
    """
    told = url.strip()
    parts = urlsplit(told)
    if parts.password is not None or (parts.scheme == "https" and parts.username is not None):
        raise AppError("source.address_holds_secret", where="url", recovery=Recovery.CONFIGURATION)
    if parts.scheme in _SCHEMES and parts.hostname and not parts.hostname.startswith("-"):
        return told, False
    place = Path(parts.path if parts.scheme == "file" else told).expanduser()
    if parts.scheme in ("", "file") and place.is_absolute():
        return str(place), True
    raise AppError("git.address_refused", where="url", recovery=Recovery.CONFIGURATION)


def _tag(line: str) -> Tag | None:
    parts = line.split("\0")
    if len(parts) != 8:
        return None
    own, target, kind, target_kind, by, at, subject, name = parts
    commit = target if kind == "tag" and target_kind == "commit" else own
    if kind != "commit" and target_kind != "commit":
        return None  # of a blob, a tree, or a tag of a tag: nothing of a registry
    return Tag(name.removeprefix(_TAGS), own, commit, by or None, at or None, subject)


def _contents(told: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        parts = told[at:end].decode().split(" ")
        if len(parts) != 3:
            at = end + 1
            continue
        size = int(parts[2])
        yield parts[0], told[end + 1 : end + 1 + size]
        at = end + 2 + size
