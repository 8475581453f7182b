"""What the page asks of services, in the read lane, and what of it is shown."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.notices.collecting import Digest, Notice, Wanted, collect
from mlops_desktop.services.people import list_people
from mlops_desktop.services.session import Session
from mlops_desktop.ui.pages.calendar.lines import DueLine

_ON_MODELS = frozenset({"review", "rating", "attestation"})
_ON_APPROVALS = frozenset({"approval", "condition"})


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is due for anybody, and what the persons concerned are called."""

    digest: Digest
    names: Mapping[str, str]
    kinds: Mapping[str, Notice]
    """Of each kind one, by which it is called."""
    concerned: Mapping[str, str]
    """The persons concerned by id, as they are called."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What of an agenda is wanted: of a person, of a kind, between two days; blank is no limit."""

    person: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None


def read_agenda(session: Session, within: int) -> Agenda:
    """Return everything overdue or due within so many days."""
    digest = collect(session, Wanted(within=within, is_for_all=True, titles=True))
    kinds = {one.kind: one for one in digest.notices}
    names = {one.id: one.name for one in list_people(session)}
    ids = {id for one in digest.notices for id in one.persons}
    return Agenda(digest, names, kinds, {id: names.get(id, id) for id in ids})


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of an agenda: the notices chosen, how many are late, how many a day."""

    notices: tuple[Notice, ...]
    lines: tuple[DueLine, ...]
    late: int
    days: Mapping[date, int]
    by_id: Mapping[str, DueLine]
    """The lines again: to find the one a person stands on looks at no other."""


def show(agenda: Agenda, choice: Choice) -> Shown:
    """Return what a choice leaves of an agenda; a year of a large bank takes its time."""
    notices = choose(agenda, choice)
    whole = choose(agenda, Choice(choice.person, choice.kind))
    lines = tuple(_line(agenda, one) for one in notices)
    late, days = late_of(notices, agenda.digest), count_days(whole)
    return Shown(notices, lines, late, days, {line.id: line for line in lines})


def _line(agenda: Agenda, notice: Notice) -> DueLine:
    persons = ", ".join(agenda.names.get(id, id) for id in notice.persons)
    return DueLine(notice, notice.due or date.max, agenda.digest.day, persons)


def count_overdue(session: Session) -> int:
    """Return how much is overdue for who acts; nothing where nobody does."""
    try:
        digest = collect(session, Wanted(within=0))
    except AppError as error:
        if error.code == "person.not_found":
            return 0
        raise
    return late_of(digest.notices, digest)


def late_of(notices: tuple[Notice, ...], digest: Digest) -> int:
    """Return how many of ``notices`` are overdue on the digest's day."""
    return sum(one.due is not None and one.due < digest.day for one in notices)


def choose(agenda: Agenda, choice: Choice) -> tuple[Notice, ...]:
    """Return what has a date and is wanted, by date."""
    first, last = choice.first or date.min, choice.last or date.max
    return tuple(
        one
        for one in agenda.digest.notices
        if one.due is not None
        and first <= one.due <= last
        and (not choice.person or choice.person in one.persons)
        and (not choice.kind or choice.kind == one.kind)
    )


def count_days(notices: tuple[Notice, ...]) -> Counter[date]:
    """Return how much is due on each day."""
    return Counter(one.due for one in notices if one.due is not None)


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def to_let_out(digest: Digest, notices: tuple[Notice, ...]) -> Digest:
    """Return a digest of ``notices`` without free text, which cannot be called back."""
    return replace(digest, notices=tuple(replace(one, title="") for one in notices))


def place_of(notice: Notice) -> tuple[str, str]:
    """Return the page a notice leads to, and the record to choose there."""
    first, _, last = notice.id.rpartition("/")
    if notice.kind in _ON_MODELS:
        return "models", last
    if notice.kind in _ON_APPROVALS:
        return "approvals", first or last
    if notice.kind == "handover":
        return "rules", "handovers:"
    if notice.kind == "dossier":
        return "dossiers", notice.id
    return "governance", notice.id
