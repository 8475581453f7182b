"""Exceptions of the program about one model: those open, those to open, those that settle."""

from collections.abc import Mapping
from dataclasses import dataclass

import mlops_desktop.store.queries.items as item_queries
from mlops_desktop.core.events.exceptions import (
    ExceptionDetails,
    ExceptionMoved,
    ExceptionOpened,
    ExceptionRule,
)
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.serving_rules import Breach
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(frozen=True, slots=True)
class OpenException:
    """An open exception and what it says."""

    id: str
    details: ExceptionDetails

    @property
    def is_own(self) -> bool:
        """Whether the program opened it: persons give theirs a title."""
        told = self.details
        return told.title is None and bool(told.entity or told.evidence)


def told_of(work: WriteSession, model: str) -> dict[Breach, OpenException]:
    """Return the breaches of a model that an open exception tells of."""
    wanted = ItemFilter(("exception",), scope=ItemScope.OPEN, models=(model,))
    found: dict[Breach, OpenException] = {}
    for row in item_queries.list_items(work.connection, wanted):
        details = item_queries.current_details(work.connection, row.id)
        if isinstance(details, ExceptionDetails) and details.rule is not None:
            breach = Breach(details.rule, details.subject or "", details.entity)
            found[breach] = OpenException(row.id, details)
    return found


def keep_told(
    work: WriteSession,
    model: str,
    owner: str | None,
    found: Mapping[Breach, tuple[str, ...]],
    rules: frozenset[ExceptionRule],
) -> None:
    """Open what is broken and not told of, with its evidence; settle what holds again.

    Only exceptions of these ``rules`` that the program opened are settled.
    """
    told = told_of(work, model)
    for breach, evidence in found.items():
        if breach not in told:
            details = ExceptionDetails(
                owner=owner,
                rule=breach.rule,
                subject=breach.subject,
                evidence=evidence,
                entity=breach.entity,
            )
            work.record(ExceptionOpened(new_id(), (model,), details))
    for breach, item in told.items():
        if breach.rule in rules and item.is_own and breach not in found:
            work.record(ExceptionMoved(item.id, "settle", ExceptionDetails()))
