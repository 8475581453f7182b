"""Gathers what sources told about one model, for the rules of reconciliation."""

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.reconciliation import Told
from mlops_desktop.services.told_exceptions import told_of
from mlops_desktop.store.queries import contradictions, people
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession


def told_about(work: WriteSession, state: ModelState, *, is_read: bool) -> Told:
    """Return what sources told about a model, inside a write session.

    That it is approved and runs nowhere is concluded from a reading (``is_read``) alone, since
    what was approved this minute is not yet rolled out; once told, it stays until it runs.
    """
    told = told_of(work, state.id) if not is_read else {}
    is_told = any(one.rule is ExceptionRule.APPROVED_NOT_RUNNING for one in told)
    return tell(work, state, is_watched=is_read or is_told)


def tell(
    view: ReadSession | WriteSession,
    state: ModelState,
    as_of: AsOf = NOW,
    *,
    is_watched: bool = True,
) -> Told:
    """Return what sources told about a model as of any date."""
    names = people.names(view.connection)
    return Told(
        contradictions.entries_told(view.connection, state.id, as_of),
        contradictions.artifacts_seen(view.connection, state.id, as_of),
        names.get(state.details.owner or "", ""),
        tuple(names.values()),
        is_watched,
    )
