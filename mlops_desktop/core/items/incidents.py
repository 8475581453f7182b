"""Incidents of data: a dataset or a pipeline run found bad marks everything downstream."""

from mlops_desktop.core.date_rules import DateRule, Relation
from mlops_desktop.core.events.incidents import (
    IncidentDetails,
    IncidentEdited,
    IncidentMoved,
    IncidentOpened,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, register

CONFIRMED = "confirmed"
"""The stage from which on an incident calls for validations."""
_OPEN = frozenset({"open", CONFIRMED})


def _refuse(step: str, details: IncidentDetails, marked: tuple[str, ...]) -> str | None:
    """Refuse an incident of nothing."""
    return None if details.dataset or details.pipeline_run else "data_missing"


INCIDENT = register(
    ItemKind(
        noun="incident",
        plural="incidents",
        prefix="I",
        details=IncidentDetails,
        opened=IncidentOpened,
        edited=IncidentEdited,
        moved=IncidentMoved,
        stages=("open", CONFIRMED, "settled", "dismissed"),
        closed=frozenset({"settled", "dismissed"}),
        steps=(
            Step("confirm", frozenset({"open"}), CONFIRMED, takes=("cause",)),
            Step("settle", _OPEN, "settled", needs=("resolution",)),
            Step("dismiss", frozenset({"open"}), "dismissed"),
            Step("reopen", frozenset({"settled", "dismissed"}), "open"),
        ),
        required=("title", "severity"),
        ranked="severity",
        needs_model=False,
        has_models=False,
        order=45,
        dates=(DateRule("found", Relation.NOT_AFTER),),
        refuse=_refuse,
    )
)
