"""Typed links between models: who feeds whom, and where a circle would close."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class LinkKind(StrEnum):
    """What a model is to the other one (SS1/23 P1.2: inter-dependencies; E23-A1-11)."""

    FEEDS = "feeds"
    CALIBRATES = "calibrates"
    DEPENDS_ON = "depends_on"
    CHALLENGER_OF = "challenger_of"
    BENCHMARK_OF = "benchmark_of"


FLOWING = frozenset({LinkKind.FEEDS, LinkKind.CALIBRATES, LinkKind.DEPENDS_ON})
"""The kinds along which results flow, so that a circle of them has no beginning."""


@dataclass(frozen=True, slots=True)
class Link:
    """``model`` is ``kind`` of or to ``other``."""

    model: str
    kind: LinkKind
    other: str

    @property
    def flow(self) -> tuple[str, str] | None:
        """From which model results flow to which; None where they do not."""
        if self.kind not in FLOWING:
            return None
        if self.kind is LinkKind.DEPENDS_ON:
            return self.other, self.model
        return self.model, self.other


def neighbours(links: Iterable[Link], *, upstream: bool) -> Mapping[str, tuple[str, ...]]:
    """Return what lies directly up or down the flow of each model."""
    found: dict[str, list[str]] = {}
    for link in links:
        if link.flow is not None:
            source, target = link.flow
            here, there = (target, source) if upstream else (source, target)
            found.setdefault(here, []).append(there)
    return {model: tuple(dict.fromkeys(others)) for model, others in found.items()}


def trace(links: Iterable[Link], model: str, *, upstream: bool) -> tuple[tuple[str, int], ...]:
    """Return every model up or down the flow with its distance, the nearest first."""
    beside = neighbours(links, upstream=upstream)
    found, edge = {model: 0}, [model]
    for one in edge:
        for other in beside.get(one, ()):
            if other not in found:
                found[other] = found[one] + 1
                edge.append(other)
    return tuple((one, far) for one, far in found.items() if one != model)


def circle(links: Iterable[Link], new: Link) -> tuple[str, ...]:
    """Return the models of the circle that a new link would close, in the direction of the flow.

    Nothing where it closes none. The first model stands at the end again.
    """
    if new.model == new.other:
        return new.model, new.model
    if new.flow is None:
        return ()
    source, target = new.flow
    down = neighbours(links, upstream=False)
    came: dict[str, str] = {target: source}
    edge = [target]
    for one in edge:
        if one == source:
            break
        for other in down.get(one, ()):
            if other not in came:
                came[other] = one
                edge.append(other)
    return _way_back(came, source, target) if source in came else ()


def _way_back(came: Mapping[str, str], source: str, target: str) -> tuple[str, ...]:
    way = [source]
    while way[-1] != target:
        way.append(came[way[-1]])
    return (source, *reversed(way))
