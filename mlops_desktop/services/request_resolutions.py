"""What committees resolved about a request: in which meeting, how, and who signed it."""

from collections.abc import Iterator
from dataclasses import dataclass

from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.meetings import ResolutionSigned
from mlops_desktop.core.quorum import Capacity
from mlops_desktop.store import log
from mlops_desktop.store.queries.approvals import MarkRow, RequestRow
from mlops_desktop.store.queries.meetings import MeetingRow, list_meetings
from mlops_desktop.store.signed import check_signature
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class ResolutionSignature:
    """Chair's or secretary's signature; ``fault`` names what is wrong with it, None if good."""

    person: str
    capacity: Capacity
    at: str
    fault: str | None


@dataclass(frozen=True, slots=True)
class ResolutionStand:
    """A resolution on an item of a meeting's agenda, for a step of the request's rule."""

    meeting: MeetingRow
    item: int
    step: str
    outcome: Decision
    signatures: tuple[ResolutionSignature, ...]

    @property
    def is_signed(self) -> bool:
        """Whether chair and secretary both signed it, which makes it count."""
        return len({one.capacity for one in self.signatures}) == len(Capacity)


def resolutions_of(view: ReadSession, row: RequestRow) -> tuple[ResolutionStand, ...]:
    """Return the resolutions about a request, in the order first signed."""
    told = [mark for mark in row.marks if isinstance(mark.payload, ResolutionSigned)]
    known = {one.called.meeting: one for one in list_meetings(view.connection)} if told else {}
    return tuple(_stands(view, told, known))


def _stands(
    view: ReadSession, told: list[MarkRow], known: dict[str, MeetingRow]
) -> Iterator[ResolutionStand]:
    grouped: dict[tuple[str, int, str, Decision], list[ResolutionSignature]] = {}
    for mark in told:
        signed = mark.payload
        assert isinstance(signed, ResolutionSigned), "the others were left out"
        key = (signed.meeting, signed.item, signed.step, signed.outcome)
        fault = _fault(view, mark.position)
        made = ResolutionSignature(signed.person, signed.capacity, mark.at, fault)
        grouped.setdefault(key, []).append(made)
    for (meeting, item, step, outcome), signatures in grouped.items():
        if meeting in known:
            yield ResolutionStand(known[meeting], item, step, outcome, tuple(signatures))


def _fault(view: ReadSession, position: int) -> str | None:
    (stored,) = log.read_events(view.connection, position, position + 1)
    return check_signature(view.connection, stored.position, stored.body)
