"""The folder as a source: probe and pull; every file is read once for all streams."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from mlops_desktop.core import clock
from mlops_desktop.core.decision_records import DecisionRecord
from mlops_desktop.core.observed.kinds import kind_of
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Connection, Credentials, SourceFailure
from mlops_desktop.sources.files.places import escape
from mlops_desktop.sources.files.refused import Exhausted
from mlops_desktop.sources.files.telling import ReadFile
from mlops_desktop.sources.folder.decisions import count_decisions, find_decision
from mlops_desktop.sources.folder.gathering import Cancelled, Gathered, Gathering
from mlops_desktop.sources.folder.listing import Limits, Listing
from mlops_desktop.sources.observations import (
    Completion,
    Evidence,
    Failure,
    FailureCode,
    Observation,
    Page,
    Pair,
    Probe,
    Stream,
)
from mlops_desktop.sources.tabular.cells import read_zone
from mlops_desktop.sources.tabular.mapping import RowRefused

_TOLD = 20
_MOST_PAGES = 400


class Folder:
    """A reader of one folder; used by one thread, for one sync or one test."""

    streams: tuple[Stream, ...] = (
        Stream.CHECKS,
        Stream.DATASETS,
        Stream.LINEAGE,
        Stream.METRICS,
        Stream.DEPLOYMENTS,
    )

    def __init__(
        self,
        connection: Connection,
        is_cancelled: IsCancelled = lambda: False,
        limits: Limits | None = None,
    ) -> None:
        root = Path(os.path.expanduser(connection.url))  # noqa: PTH111 - raises for no user
        listing = Listing(root, limits or Limits())
        zone = read_zone(connection.setting("zone", "UTC"))
        self._listing, self._connection = listing, connection
        self._gathering = Gathering(listing, connection, zone, is_cancelled)
        self._gathered: Gathered | Failure | None = None

    def probe(self) -> Probe:
        """Tell how many files there are of each format, and which cannot be read."""
        gathered = self._gather(Stream.CHECKS)
        if isinstance(gathered, Failure):
            is_there = gathered.code is not FailureCode.UNREACHABLE
            return Probe(is_reachable=is_there, failures=(gathered,))
        counts: dict[str, int] = {}
        for one in gathered.read:
            counts[one.format.name] = counts.get(one.format.name, 0) + 1
        visible = [Pair(name, str(number)) for name, number in sorted(counts.items())]
        decisions = count_decisions(self._listing, self._connection)
        if decisions:
            visible.append(Pair("decisions", str(sum(decisions.values()))))
        known = set(map(escape, decisions))
        if unknown := tuple(one for one in gathered.unknown if one not in known):
            visible.append(Pair("unknown", _listed(unknown)))
        failures = tuple(
            Failure(Stream.CHECKS, FailureCode.PROTOCOL, str(one), reason="file_refused")
            for one in gathered.refused[:_TOLD]
        )
        return Probe(is_reachable=True, visible=tuple(visible), failures=failures)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield pages of the files that tell of the stream, then a completion or a failure.

        Files that could not be read are refusals of the first stream's completion; while there are
        any, no completion is whole.
        """
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, "folder")
            return
        gathered = self._gather(stream)
        if isinstance(gathered, Failure):
            yield gathered
            return
        yield from _pages(stream, [one for one in gathered.read if stream in one.format.streams])
        refused = gathered.refused if stream is self.streams[0] else ()
        yield Completion(stream, is_partial=not gathered.is_whole, refused=refused)

    def read_decision(self, reference: str) -> DecisionRecord | None:
        """Return the decision out of the folder's tables; raises SourceFailure."""
        stream = Stream.DECISIONS
        try:
            return find_decision(self._listing, self._connection, reference)
        except RowRefused as error:
            failed = Failure(stream, FailureCode.PROTOCOL, error.detail, reason="row_refused")
        except Exhausted as error:
            failed = Failure(stream, FailureCode.TOO_LARGE, error.detail, reason=error.reason)
        except OSError as error:
            failed = _unlisted(stream, error)
        raise SourceFailure(failed)

    def close(self) -> None:
        """Hold nothing open."""

    def _gather(self, stream: Stream) -> Gathered | Failure:
        if self._gathered is None:
            try:
                self._gathered = self._gathering.gather()
            except Cancelled:
                return Failure(stream, FailureCode.CANCELLED, "", reason="stopped")
            except Exhausted as error:
                is_slow = error.reason == "deadline"
                code = FailureCode.TIMEOUT if is_slow else FailureCode.TOO_LARGE
                self._gathered = Failure(stream, code, error.detail, reason=error.reason)
            except OSError as error:
                self._gathered = _unlisted(stream, error)
        if isinstance(self._gathered, Failure):
            told = self._gathered
            return Failure(stream, told.code, told.detail, told.is_retryable, reason=told.reason)
        return self._gathered


def _unlisted(stream: Stream, error: OSError) -> Failure:
    is_barred = isinstance(error, PermissionError)
    code = FailureCode.FORBIDDEN if is_barred else FailureCode.UNREACHABLE
    detail = error.strerror or os.strerror(error.errno or 0)
    return Failure(stream, code, detail, is_retryable=True, reason="no_folder")


def _pages(stream: Stream, files: list[ReadFile]) -> Iterator[Page]:
    """Yield a page a file; of many files, bundles, by their places, so that few change at once.

    The ledger's account of a reading names every page, and may be 256 KiB long.
    """
    bundles: dict[int, list[ReadFile]] = {}
    for at, one in enumerate(files):
        place = hashlib.sha256(one.place.encode("utf-8", "replace")).digest()
        key = at if len(files) <= _MOST_PAGES else int.from_bytes(place[:4]) % _MOST_PAGES
        bundles.setdefault(key, []).append(one)
    for _, some in sorted(bundles.items()):
        yield _page(stream, some)


def _page(stream: Stream, files: list[ReadFile]) -> Page:
    kept, request = files[0].kept, files[0].request
    if len(files) > 1:
        kept = b"".join(f"{one.request}\n".encode() + one.kept + b"\n" for one in files)
        request = f"{len(files)} files, {files[0].place} …"
    facts = tuple(
        fact for one in files for fact in one.facts if stream.value in kind_of(fact.details).streams
    )
    digest = hashlib.sha256(kept).hexdigest()
    return Page(stream, Evidence(request, clock.now(), digest), kept, lambda _: facts)


def _listed(places: tuple[str, ...]) -> str:
    more = f", … (+{len(places) - 5})" if len(places) > 5 else ""
    return f"{len(places)}: {', '.join(places[:5])}{more}"


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Folder:
    """Open the reader of a folder; nothing is read yet. Raises ``folder.zone_unknown``."""
    return Folder(connection, is_cancelled)
