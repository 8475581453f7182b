"""Git repositories for tests: made here, or the recorded one with what GTO itself wrote."""

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.sources.folders import CAPTURES

BUNDLE = CAPTURES / "gto-1.10.1_2026-11-23_repo.bundle"
_WHO = ("-c", "user.name=A. Itō", "-c", "user.email=a@bank.example", "-c", "tag.gpgSign=false")


@dataclass
class Repository:
    """A repository of one test, with a clock of its own: each step is a minute later."""

    root: Path
    minutes: int = field(default=0)

    def git(self, *arguments: str, given: bytes | None = None) -> str:
        self.minutes += 1
        at = f"2026-03-01T12:{self.minutes:02}:00+01:00"
        told = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        told |= {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        done = subprocess.run(
            ["git", *_WHO, *arguments],
            cwd=self.root,
            env={**os.environ, **told},
            input=given,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode().strip()

    def commit(self, **files: str) -> str:
        """Write files (``__`` is a dot, ``___`` a slash) and commit them; return the commit."""
        for name, content in files.items():
            self.put(name.replace("___", "/").replace("__", "."), content.encode())
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "ein Stand")
        return self.git("rev-parse", "HEAD")

    def put(self, name: str, content: bytes) -> None:
        place = self.root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    def tag(self, name: str, message: str = "…") -> None:
        self.git("tag", "--annotate", "--message", message, name)


def new_repository(root: Path) -> Repository:
    """Return an empty repository."""
    root.mkdir()
    made = Repository(root)
    made.git("init", "--quiet", "--initial-branch=main")
    return made


def recorded_repository(root: Path) -> Repository:
    """Return the recorded one: two versions of ``churn``, both retired since."""
    subprocess.run(["git", "clone", "--quiet", str(BUNDLE), str(root)], check=True)
    return Repository(root)
