"""Experiments put to use: what a result says, and the approval of the challenger asked from it."""

import mlops_desktop.store.queries.items as queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.experiments import ExperimentDetails
from mlops_desktop.core.items.experiments import EXPERIMENT, Effect, Outcome, effect_of, outcome_of
from mlops_desktop.services.approvals import request_approval
from mlops_desktop.services.session import Recorded, Session


def read_outcome(session: Session, named: str, as_of: AsOf = NOW) -> Outcome | None:
    """Return what the result of an experiment says, None before it is concluded."""
    effect = read_effect(session, named, as_of)
    return effect.outcome if effect is not None else None


def read_effect(session: Session, named: str, as_of: AsOf = NOW) -> Effect | None:
    """Return the difference that an experiment measured, None before it is concluded."""
    with session.workspace.read() as view:
        id = queries.find_item(view.connection, named, EXPERIMENT)
        details = queries.get_item(view.connection, id, as_of).state.details
    return effect_of(details) if isinstance(details, ExperimentDetails) else None


def request_promotion(
    session: Session, named: str, environment: str, comment: str | None = None
) -> Recorded:
    """Ask for the approval of an experiment's challenger, with what its result said.

    Raises ``experiment.not_concluded``, and what :func:`request_approval` raises.
    """
    with session.workspace.read() as view:
        id = queries.find_item(view.connection, named, EXPERIMENT)
        found = queries.get_item(view.connection, id)
        (key, *_) = found.state.models
        model = model_queries.get_model(view.connection, key).row.id
    details = found.state.details
    if not isinstance(details, ExperimentDetails) or found.state.stage != "concluded":
        raise AppError("experiment.not_concluded", where="experiment", id=named)
    told = "\n".join(filter(None, (_summary(found.row.number, details), comment)))
    return request_approval(session, model, details.challenger or "", environment, told)


def _summary(number: str, details: ExperimentDetails) -> str:
    """Say the result in figures and codes that are the same in any language."""
    outcome = outcome_of(details)
    values = f"{details.champion} {details.champion_value} / {details.challenger} "
    bounds = f"[{details.lower}; {details.upper}], {details.confidence} %"
    return (
        f"{number}: {details.criterion}: {values}{details.challenger_value}, "
        f"{bounds}, {outcome.value if outcome else '–'}"
    )
