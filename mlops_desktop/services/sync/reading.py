"""Reads a source's streams into memory: pages with their facts, failures, completions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import Report
from mlops_desktop.sources.base import Source, SourceFailure
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    Failure,
    FailureCode,
    Observation,
    Page,
    Stream,
)


@dataclass(frozen=True, slots=True)
class StreamReading:
    """What one stream gave: its pages in order, and whether it came to its end."""

    stream: Stream
    pages: tuple[Page, ...]
    failure: Failure | None
    completion: Completion | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the stream was read to its end."""
        return self.failure is None

    @property
    def is_offered(self) -> bool:
        """Whether this version of the source has such a listing, as far as it told."""
        return self.completion is None or self.completion.is_offered

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of the pages, in order."""
        return tuple(page.evidence.digest for page in self.pages)


def read_streams(
    source: Source, report: Report, cursors: Mapping[str, str]
) -> Iterator[StreamReading]:
    """Read every stream; one that fails does not keep the others from being read.

    ``cursors`` are by stream, those of the last readings.

    Raises ``sync.cancelled`` when the person stopped it.
    """
    for stream in source.streams:
        reading = _read_stream(source, stream, cursors.get(stream.value), report)
        if reading.failure is not None and reading.failure.code is FailureCode.CANCELLED:
            raise AppError("sync.cancelled", recovery=Recovery.RETRY)
        yield reading


def _read_stream(
    source: Source, stream: Stream, cursor: str | None, report: Report
) -> StreamReading:
    pages: list[Page] = []
    for observation in _told_by(source, stream, cursor):
        match observation:
            case Page():
                pages.append(observation)
                report(f"sync.reading_{stream.value}", len(pages), None)
            case Failure():
                return StreamReading(stream, tuple(pages), observation)
            case Completion():
                return StreamReading(stream, tuple(pages), None, observation)
    unfinished = Failure(stream, FailureCode.PROTOCOL, "the reader ended without saying so")
    return StreamReading(stream, tuple(pages), unfinished)


def _told_by(source: Source, stream: Stream, cursor: str | None) -> Iterator[Observation]:
    """Yield what a reader tells; one that breaks its promise and raises fails its stream alone."""
    try:
        yield from source.pull(stream, cursor)
    except AppError:
        raise
    except Exception as error:
        yield _broken(stream, error)


def _broken(stream: Stream, error: Exception) -> Failure:
    """Return the failure of a reader with a fault; its text is not told: it may hold anything."""
    last = extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    said = f"the reader has a fault: {type(error).__name__} ({place})"
    return Failure(stream, FailureCode.PROTOCOL, said)


def facts_of(reading: StreamReading) -> tuple[list[tuple[Page, Fact]], Failure | None]:
    """Parse a stream's pages; what parsed before a broken page stays, and the failure is told."""
    found: list[tuple[Page, Fact]] = []
    for page in reading.pages:
        try:
            found.extend((page, fact) for fact in page.facts())
        except SourceFailure as error:
            return found, error.failure
        except Exception as error:
            return found, _broken(reading.stream, error)
    return found, reading.failure
