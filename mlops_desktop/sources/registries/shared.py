"""Listings that several streams are read from: asked of the server once, told to each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mlops_desktop.outside.http import Answer
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.sources.observations import Stream


@dataclass(slots=True)
class _Told:
    answers: list[Answer] = field(default_factory=list)
    fault: HttpFault | None = None
    is_ended: bool = False
    readers: set[Stream] = field(default_factory=set)


class Shared:
    """What a listing told is told again to every other stream, once, with the fault it ended by."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}

    def read(self, name: str, stream: Stream, pages: Iterator[Answer]) -> Iterator[Answer]:
        """Yield a listing's answers; those just told to another stream where there are any.

        Raises HttpFault as ``pages`` does.
        """
        told = self._told.get(name)
        if told is None or not told.is_ended or stream in told.readers:
            yield from self._ask(name, stream, pages)
            return
        told.readers.add(stream)
        yield from told.answers
        if told.fault is not None:
            raise told.fault

    def _ask(self, name: str, stream: Stream, pages: Iterator[Answer]) -> Iterator[Answer]:
        told = self._told[name] = _Told(readers={stream})
        try:
            for answer in pages:
                told.answers.append(answer)
                yield answer
        except HttpFault as fault:
            told.fault, told.is_ended = fault, True
            raise
        told.is_ended = True
