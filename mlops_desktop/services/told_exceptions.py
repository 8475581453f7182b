"""Exceptions of the program about one model: those open, those to open, those that settle."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from mlops_desktop.core.events.exceptions import (
    ExceptionDetails,
    ExceptionMoved,
    ExceptionOpened,
    ExceptionRule,
)
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.serving_rules import Breach
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.store.queries.items_about import (
    BREACHES_AND_WAIVERS,
    Said,
    open_items_about,
)
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


Told: TypeAlias = Mapping[Breach, OpenException]


def told_of(work: WriteSession, models: Iterable[str]) -> Mapping[str, Told]:
    """Return, for each model, the breaches of it that an open exception tells of.

    Asked once for all models that a session touched: each question costs as much as all of them.
    """
    wanted = tuple(models)
    about = work.ask(open_items_about, BREACHES_AND_WAIVERS, wanted)
    return {model: dict(_breaches(about.get(("exception", model), ()))) for model in wanted}


def _breaches(found: Iterable[Said]) -> Iterator[tuple[Breach, OpenException]]:
    for item in found:
        details = item.details
        if isinstance(details, ExceptionDetails) and details.rule is not None:
            breach = Breach(details.rule, details.subject or "", details.entity)
            yield breach, OpenException(item.id, details)


def keep_told(
    work: WriteSession,
    state: ModelState,
    told: Told,
    found: Mapping[Breach, tuple[str, ...]],
    rules: frozenset[ExceptionRule],
) -> None:
    """Open what is broken and not ``told`` of, with its evidence; settle what holds again.

    Only exceptions of these ``rules`` that the program opened are settled.
    """
    for breach, evidence in found.items():
        if breach not in told:
            details = ExceptionDetails(
                owner=state.details.owner,
                rule=breach.rule,
                subject=breach.subject,
                evidence=evidence,
                entity=breach.entity,
            )
            work.record(ExceptionOpened(new_id(), (state.id,), details))
    for breach, item in told.items():
        if breach.rule in rules and item.is_own and breach not in found:
            work.record(ExceptionMoved(item.id, "settle", ExceptionDetails()))
