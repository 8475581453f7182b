"""What is asked of Prometheus' HTTP API v1, and what every answer of it has in common."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from mlops_desktop.outside.http import Answer, HttpClient
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.prometheus.choice import duration
from mlops_desktop.sources.prometheus.windows import Window

_API = "/api/v1"
# How Prometheus, Thanos and Mimir say that fewer points would be answered.
_TOO_MUCH = ("maximum resolution", "too many samples", "max-samples", "limit exceeded")
# A back end that speaks the API need not have the pages about itself.
NOT_OFFERED = {Fault.UNSUPPORTED, Fault.FORBIDDEN, Fault.REJECTED}


class Envelope(msgspec.Struct):
    """What stands around the data of every answer; ``warnings`` say that it is not all."""

    status: str = ""
    data: msgspec.Raw = msgspec.Raw(b"null")
    warnings: list[str] | None = None


class _Names(msgspec.Struct):
    data: list[str] = []


class _Kind(msgspec.Struct):
    type: str = "unknown"
    unit: str = ""


class _Metadata(msgspec.Struct):
    data: dict[str, list[_Kind]] = {}


class _About(msgspec.Struct):
    version: str | None = None
    storageRetention: str = ""  # noqa: N815 - Prometheus' own name


class _AboutAnswer(msgspec.Struct):
    data: _About = msgspec.field(default_factory=_About)


@dataclass(slots=True)
class Api:
    """Asks one server; ``warnings`` keeps what it said about answers that are not whole."""

    client: HttpClient
    step: int
    warnings: list[str] = field(default_factory=list)
    read: int = 0

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """Return an answer that is one of Prometheus; raises HttpFault ``protocol`` for others."""
        answer = self.client.get(f"{_API}{path}", query)
        told = peek_json(answer.body, Envelope)
        if told.status != "success" or bytes(told.data) == b"null":
            raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, path)
        self.warnings += told.warnings or ()
        self.read += len(answer.body)
        return answer

    def now(self, expression: str, at: int) -> Answer:
        """Ask for the value of an expression at a moment."""
        return self.get("/query", {"query": self._spelt(expression), "time": str(at)})

    def over(self, expression: str, window: Window) -> Iterator[Answer]:
        """Ask for the values in a window; in smaller ones where that is more than is answered."""
        query = {
            "query": self._spelt(expression),
            "start": str(window.start),
            "end": str(window.end),
            "step": str(self.step),
        }
        answer = self._unless_too_much(query, window)
        if answer is not None:
            yield answer
            return
        for half in window.halves(self.step):
            yield from self.over(expression, half)

    def _unless_too_much(self, query: Mapping[str, str], window: Window) -> Answer | None:
        try:
            return self.get("/query_range", query)
        except HttpFault as fault:
            if window.number(self.step) < 3 or not _is_too_much(fault):
                raise
            fault.__traceback__ = None  # its frames hold what was read of a page too large
            return None

    def values(self, label: str, matcher: str, window: Window) -> list[str]:
        """Return the values that a label had in a window on what matches."""
        query = {"match[]": matcher, "start": str(window.start), "end": str(window.end)}
        return peek_json(self.get(f"/label/{label}/values", query).body, _Names).data

    def kinds(self) -> dict[str, tuple[str, str]]:
        """Return type and unit of every metric; none where the back end keeps no such list."""
        try:
            found = peek_json(self.get("/metadata", {"limit_per_metric": "1"}).body, _Metadata)
        except HttpFault as fault:
            if fault.fault not in NOT_OFFERED:
                raise
            return {}
        return {name: (told[0].type, told[0].unit) for name, told in found.data.items() if told}

    def version(self) -> str | None:
        """Return the server's version, None where it does not tell."""
        return self._about("/status/buildinfo").version

    def retention(self) -> int | None:
        """Return for how many seconds the server keeps values, None where it does not tell."""
        told = self._about("/status/runtimeinfo").storageRetention
        return duration(told.split(" ")[0])

    def _about(self, path: str) -> _About:
        try:
            return peek_json(self.get(path).body, _AboutAnswer).data
        except HttpFault as fault:
            if fault.fault not in NOT_OFFERED:
                raise
            return _About()

    def _spelt(self, expression: str) -> str:
        return spelt(expression, self.step)


def spelt(expression: str, step: int) -> str:
    """Return PromQL with its ``$step`` filled in.

    It is a millisecond short of the step: Prometheus 2 counts both ends of a range, so that a
    value measured on the hour would stand in two hours.
    """
    return expression.replace("$step", f"{step * 1000 - 1}ms")


def _is_too_much(fault: HttpFault) -> bool:
    if fault.reason is Reason.PAGE_TOO_LARGE:
        return True
    is_refused = fault.fault in (Fault.REJECTED, Fault.SERVER)
    return is_refused and any(word in fault.detail for word in _TOO_MUCH)
