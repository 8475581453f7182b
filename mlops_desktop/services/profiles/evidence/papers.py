"""Validations recorded from paper and confirmed by a second person, each from its true date."""

from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.validations import Cause
from mlops_desktop.services.profiles.evidence import Asked, Told
from mlops_desktop.store.queries.papers import confirmed_papers

_LAST, _INITIAL = "record.validation", "record.initial_validation"


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the facts that a validation on paper tells."""
    return names & {_LAST, _INITIAL}


def gather(asked: Asked) -> Told:
    """Yield what papers say; of several the latest counts."""
    for paper in confirmed_papers(asked.view.connection, asked.as_of, asked.model):
        if paper.kind != Kind.VALIDATION_REPORT or paper.model not in asked.rows:
            continue
        if _LAST in asked.names:
            yield paper.model, _LAST, Fact(paper.decided_on)
        if _INITIAL in asked.names and paper.cause == Cause.INITIAL:
            yield paper.model, _INITIAL, Fact(paper.decided_on)
