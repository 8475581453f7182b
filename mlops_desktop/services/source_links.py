"""Where a fact can be opened at its source: below the configured address, never anywhere else."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, urlsplit

from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.pipelines import RunRow
from mlops_desktop.store.queries.registry import list_sources

_KEPT = "/#?&=%+,;:@~!$'()*-._"


def links_of(session: Session, runs: Iterable[RunRow]) -> dict[str, str]:
    """Return the addresses at which runs can be opened at their sources, by their ids here."""
    found: dict[str, str] = {}
    with session.workspace.read() as view:
        bases = {row.name: row.url for row in list_sources(view.connection)}
    for run in runs:
        link = link_to(bases.get(run.pipeline.source), run.details.path)
        if link is not None:
            found[run.id] = link
    return found


def link_to(base: str | None, path: str | None) -> str | None:
    """Return the address of ``path`` below ``base``; None where it would lead anywhere else.

    A folder gives a path that exists; a server's address keeps scheme, host and port.
    """
    told = (path or "").strip().lstrip("/")
    if not base or not told or not _is_plain(told):
        return None
    if "://" not in base:
        root, file = Path(base).resolve(), (Path(base) / told).resolve()
        return file.as_uri() if file.is_relative_to(root) and file.exists() else None
    whole = f"{base.rstrip('/')}/{quote(told, safe=_KEPT)}"
    ours, theirs = urlsplit(base), urlsplit(whole)
    is_below = (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc)
    return whole if is_below and ours.scheme in ("http", "https") else None


def _is_plain(path: str) -> bool:
    """Tell whether a path goes only down, and holds nothing that an eye would not see."""
    parts = path.replace("\\", "/").split("/")
    seen = all(unicodedata.category(sign)[0] not in "CZ" or sign == " " for sign in path)
    return seen and ".." not in parts and "\\" not in path and "://" not in path
