"""Gathers what sources told about one model, for the rules of reconciliation."""

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.reconciliation import Told
from mlops_desktop.store.queries import contradictions, people
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession


def tell(
    view: ReadSession | WriteSession,
    state: ModelState,
    as_of: AsOf = NOW,
    *,
    is_watched: bool = True,
) -> Told:
    """Return what sources told about a model as of any date.

    That it is approved and runs nowhere is concluded of what ``is_watched`` alone: of a reading,
    since what was approved this minute is not yet rolled out.
    """
    names = view.ask(people.names)
    return Told(
        contradictions.entries_told(view.connection, state.id, as_of),
        contradictions.artifacts_seen(view.connection, state.id, as_of),
        names.get(state.details.owner or "", ""),
        tuple(names.values()),
        is_watched,
    )
