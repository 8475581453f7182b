"""A request list as it stands: every question with answer, dates and documents."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.requests import RequestDetails
from mlops_desktop.core.items.requests import REQUEST
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

_DIGEST = re.compile(r"(?:sha256:)?\b([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True)
class Named:
    """A document as a request names it: what it is called, and its digest if it says one."""

    name: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class Request:
    """A request of a list with its texts, and when it was answered and handed over."""

    row: ItemRow
    details: RequestDetails
    answered: date | None
    handed_over: date | None

    @property
    def documents(self) -> tuple[Named, ...]:
        """The documents it names."""
        return tuple(map(read_document_name, self.details.documents))

    @property
    def number(self) -> str:
        """Its number in the list, or the program's own where the list gave none."""
        return self.details.list_number or self.row.number


@dataclass(frozen=True, slots=True)
class ListSummary:
    """A list by name: who asks, how many requests stand in which stage, how many are overdue."""

    name: str
    asker: str
    by_stage: tuple[tuple[str, int], ...]
    overdue: int


def read_document_name(text: str) -> Named:
    """Return what a request says of a document; its digest may stand before or after the name."""
    found = _DIGEST.search(text)
    if found is None:
        return Named(text.strip(), None)
    name = (text[: found.start()] + text[found.end() :]).strip(" :,;()")
    return Named(name or found[1][:12], found[1])


def text_of(value: Erasable | None, gone: str) -> str:
    """Return a text, nothing, or ``gone`` filled with day and rule where it was erased."""
    if value is None:
        return ""
    if value.text is None and value.erasure is not None and not value.erasure.is_withheld:
        return gone.format(day=value.erasure.day, rule=value.erasure.rule)
    return value.text or ""


def read_list(view: ReadSession, name: str, as_of: AsOf = NOW) -> tuple[Request, ...]:
    """Return the requests of a list in the order entered; raises ``request_list.not_found``."""
    wanted = ItemFilter((REQUEST.noun,), scope=ItemScope.ALL, as_of=as_of)
    found = []
    for one in queries.read_items(view.connection, wanted):
        row, details = one.row, one.state.details
        assert isinstance(details, RequestDetails)
        if _is_named(details, name):
            found.append(_request(view, row, details, as_of))
    if not found:
        raise AppError("request_list.not_found", where="LIST", name=name)
    return tuple(found)


def _is_named(details: RequestDetails, name: str) -> bool:
    return (details.list_name or "").casefold().strip() == name.casefold().strip()


def _request(view: ReadSession, row: ItemRow, details: RequestDetails, as_of: AsOf) -> Request:
    days = {
        step.step: date.fromisoformat(step.effective[:10])
        for step in queries.list_steps(view.connection, row.id, as_of)
    }
    is_answered = row.stage in ("answered", "handed_over")
    answered = days.get("answer") if is_answered else None
    handed = days.get("hand_over") if row.stage == "handed_over" else None
    return Request(row, details, answered, handed)


def known_numbers(work: WriteSession, name: str) -> frozenset[str]:
    """Return the numbers that a list already holds."""
    wanted = ItemFilter((REQUEST.noun,), scope=ItemScope.ALL)
    rows = queries.list_items(work.connection, wanted)
    details = (queries.current_details(work.connection, row.id) for row in rows)
    return frozenset(
        one.list_number or ""
        for one in details
        if isinstance(one, RequestDetails) and _is_named(one, name)
    )


def list_lists(session: Session) -> tuple[ListSummary, ...]:
    """Return every list there is, by name."""
    wanted = ItemFilter((REQUEST.noun,), scope=ItemScope.ALL)
    stages: dict[str, Counter[str]] = {}
    overdue: Counter[str] = Counter()
    askers: dict[str, str] = {}
    with session.workspace.read() as view:
        for row in queries.list_items(view.connection, wanted):
            details = queries.current_details(view.connection, row.id)
            assert isinstance(details, RequestDetails)
            name = details.list_name or ""
            stages.setdefault(name, Counter())[row.stage] += 1
            overdue[name] += row.is_overdue
            askers.setdefault(name, details.asker.value if details.asker else "")
    return tuple(
        ListSummary(name, askers[name], tuple(_in_order(found)), overdue[name])
        for name, found in sorted(stages.items())
    )


def _in_order(found: Counter[str]) -> list[tuple[str, int]]:
    return [(stage, found[stage]) for stage in REQUEST.stages]
