"""The one plan for what nothing shows at go-live: a finding that names every model concerned."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core import clock
from mlops_desktop.core.events.findings import (
    FindingDetails,
    FindingEdited,
    FindingOrigin,
    Severity,
)
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.validations import add_months
from mlops_desktop.services.items import record_opening
from mlops_desktop.services.session import must_commit
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.unit_of_work import WriteSession

_MONTHS = 6
_MOST = 4_000
"""An event holds no more models than this; a register with more gaps gets a second plan."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A model that came in without a paper, and who owns it."""

    model: str
    owner: str | None


def open_plan(work: WriteSession, gaps: list[Gap], file: str, language: str) -> str:
    """Open the plan for models that came in without a paper; return its id.

    Its owner is who owns most of them: whoever imported made the finding, and closes it.
    """
    plans = [
        _open(work, gaps[start : start + _MOST], file, language)
        for start in range(0, len(gaps), _MOST)
    ]
    return plans[0]


def _open(work: WriteSession, gaps: list[Gap], file: str, language: str) -> str:
    words, number = read_words(language), len(gaps)
    title = words.text("papers.plan.title", number=number, file=file)
    details = FindingDetails(
        title=must_commit(title),
        description=must_commit(words.text("papers.plan.description", file=file)),
        owner=_owner(work, gaps),
        due=add_months(clock.today(), _MONTHS),
        origin=FindingOrigin.ONBOARDING,
        originator=work.actor.person,
        severity=Severity.MEDIUM,
    )
    return record_opening(work, kind_named("finding"), details, tuple(one.model for one in gaps))


def _owner(work: WriteSession, gaps: Iterable[Gap]) -> str:
    me = work.actor.person
    others = Counter(one.owner for one in gaps if one.owner and one.owner != me)
    return others.most_common(1)[0][0] if others else me


def extend_plan(work: WriteSession, plan: str, models: Iterable[str]) -> bool:
    """Add models to a plan that is still open; tell whether it was."""
    row = queries.current_row(work.connection, plan)
    if row.is_closed:
        return False
    new = [model for model in models if model not in row.models]
    if new:
        work.record(FindingEdited(plan, FindingDetails(), models=(*row.models, *new)))
    return True
