"""Reports of a problem: what stopped and where, for a person to read and pass on."""

import faulthandler
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mlops_desktop import __version__, paths
from mlops_desktop.outside.http_redaction import redact

_KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the program ran on; no name of a person, a machine or a folder is in it."""

    version: str
    python: str
    system: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What stopped, and the trace of it; both may be empty where nothing is known."""

    what: str = ""
    details: str = ""


def look_around() -> Surroundings:
    """Return what this process runs on."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return Surroundings(__version__, python, f"{platform.system()} {platform.machine()}")


def clean(text: str) -> str:
    """Return ``text`` without secrets the program was told and without the person's own folder."""
    return redact(text).replace(str(Path.home()), "~")


@contextmanager
def watching() -> Iterator[None]:
    """Have a fault below Python written into a file of this process, until the end."""
    file = paths.home() / f"running-{datetime.now().astimezone():%Y%m%dT%H%M%S%f}.crash"
    with file.open("w", encoding="utf-8") as stream:
        faulthandler.enable(stream)
        try:
            yield
        finally:
            faulthandler.disable()
    file.unlink(missing_ok=True)


def take_last_crash() -> str:
    """Return what an earlier process left when it fell, once; nothing where none did."""
    left = sorted(paths.home().glob("running-*.crash"))
    fallen = [one for one in left if one.stat().st_size]
    told = fallen[-1].read_text("utf-8", errors="replace") if fallen else ""
    for one in {*fallen, *filter(_is_old, left)}:
        one.unlink(missing_ok=True)
    return clean(told)


def _is_old(file: Path) -> bool:
    """Whether nobody can be writing ``file`` any more: its process was killed without a word."""
    age = datetime.now(UTC) - datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return age > timedelta(days=_KEPT_DAYS)
