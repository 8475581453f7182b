"""The top risks in words: what an executive is told first, the worst first."""

from collections.abc import Iterator
from dataclasses import dataclass

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.portfolio import CONTRADICTING
from mlops_desktop.dossier.content import Cell
from mlops_desktop.services.reports.said import both, cut, item_label
from mlops_desktop.services.reports.standing import Standing
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.models import ModelRow

MOST = 7
_NAMED = 2
_LONGEST = 58
_LACKING = frozenset({Approval.EXPIRED, Approval.NEVER_APPROVED, Approval.NEVER_VALIDATED})


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk: how grave (the least first), and the sentence that says it."""

    rank: tuple[int, ...]
    told: Cell


def find_risks(standing: Standing) -> tuple[Risk, ...]:
    """Return the gravest risks in words, at most :data:`MOST`."""
    return tuple(sorted(_risks(standing), key=lambda one: one.rank))[:MOST]


def _risks(standing: Standing) -> Iterator[Risk]:
    yield from _unapproved(standing)
    yield from _findings(standing)
    yield from _breaches(standing)
    yield from _reviews(standing)
    yield from _contradictions(standing)
    yield from _approvals(standing)
    yield from _overlays(standing)
    yield from _unmeasured(standing)


def _unapproved(standing: Standing) -> Iterator[Risk]:
    found = [
        row for row in standing.models if row.state is State.PRODUCTION and row.approval in _LACKING
    ]
    if found:
        told = both("reports.risk.unapproved", n=len(found), names=_models(found))
        yield Risk((0, _highest(found), -len(found)), told)


def _findings(standing: Standing) -> Iterator[Risk]:
    high = [row for row in standing.open_items("finding") if row.rank == 0]
    if high:
        late = sum(row.is_overdue for row in high)
        oldest = min(high, key=lambda row: row.opened)
        age = (standing.day - oldest.opened).days
        told = both(
            "reports.risk.high_findings",
            n=len(high), late=late, oldest=_told(oldest), age=age,
        )  # fmt: skip
        yield Risk((1, 0, -len(high)), told)
    others = [row for row in standing.open_items("finding") if row.rank and row.is_overdue]
    if others:
        longest = min(others, key=lambda row: row.due or standing.day)
        days = (standing.day - (longest.due or standing.day)).days
        told = both("reports.risk.late_findings", n=len(others), oldest=_told(longest), days=days)
        yield Risk((5, 0, -len(others)), told)


def _breaches(standing: Standing) -> Iterator[Risk]:
    red = [row for row in standing.open_items("breach") if row.rank == 0]
    if red:
        told = both("reports.risk.red_breaches", n=len(red), names=_items(standing, red))
        yield Risk((2, 0, -len(red)), told)


def _reviews(standing: Standing) -> Iterator[Risk]:
    late = standing.reviews_overdue
    if late:
        days = (standing.day - (late[0].next_review or standing.day)).days
        told = both("reports.risk.reviews", n=len(late), names=_models(late), days=days)
        yield Risk((3, _highest(late), -len(late)), told)


def _contradictions(standing: Standing) -> Iterator[Risk]:
    rows = standing.open_items("exception")
    found = [row for row in rows if row.rank in CONTRADICTING]  # as the figure counts them
    if found:
        told = both("reports.risk.contradictions", n=len(found), names=_items(standing, found))
        yield Risk((4, 0, -len(found)), told)


def _approvals(standing: Standing) -> Iterator[Risk]:
    ending = standing.approvals_ending
    if ending and ending[0].approved_until is not None:
        told = both(
            "reports.risk.approvals",
            n=len(ending), names=_models(ending), on=ending[0].approved_until,
        )  # fmt: skip
        yield Risk((6, _highest(ending), -len(ending)), told)


def _overlays(standing: Standing) -> Iterator[Risk]:
    lapsed = [row for row in standing.open_items("overlay") if row.lapsed]
    if lapsed:
        told = both("reports.risk.overlays", n=len(lapsed), names=_items(standing, lapsed))
        yield Risk((7, 0, -len(lapsed)), told)


def _unmeasured(standing: Standing) -> Iterator[Risk]:
    number = next((one.value for one in standing.now.figures if one.name == "unmeasured"), 0)
    if number:
        yield Risk((8, 0, -number), both("reports.risk.unmeasured", n=number))


def _highest(rows: list[ModelRow] | tuple[ModelRow, ...]) -> int:
    """Return the highest risk class among models; 1 is the highest there is."""
    return min((row.tier for row in rows if row.tier is not None), default=9)


def _models(rows: list[ModelRow] | tuple[ModelRow, ...]) -> str:
    ordered = sorted(rows, key=lambda row: (row.tier or 9, row.id))
    named = [cut(f"{row.id} {row.name}", _LONGEST) for row in ordered[:_NAMED]]
    return ", ".join([*named, "…"] if len(rows) > _NAMED else named)


def _items(standing: Standing, rows: list[ItemRow]) -> str:
    labels = [_label(standing, row) for row in rows[:_NAMED]]
    more = ["…"] if len(rows) > _NAMED else []
    return "\n".join(", ".join([*(label[at] for label in labels), *more]) for at in (0, -1))


def _label(standing: Standing, row: ItemRow) -> list[str]:
    """Return an item in each language, with the models it is about."""
    about = ", ".join(standing.numbers.get(one, "…") for one in row.models)
    told = _told(row).split("\n")
    return [f"{half} ({about})" if about else half for half in told]


def _told(row: ItemRow) -> str:
    return "\n".join(cut(half, _LONGEST) for half in item_label(row).split("\n"))
