"""Gathers what sources told about models, for the rules of reconciliation."""

from collections.abc import Collection, Mapping

from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.reconciliation import Told
from mlops_desktop.store.queries import contradictions, people
from mlops_desktop.store.unit_of_work import WriteSession


def tell(
    work: WriteSession, states: Mapping[str, ModelState], watched: Collection[str]
) -> dict[str, Told]:
    """Return what sources told about each model, as the transaction leaves it.

    That it is approved and runs nowhere is concluded of those ``watched`` alone: of a reading,
    since what was approved this minute is not yet rolled out.
    """
    models, names = tuple(states), work.ask(people.names)
    entries = work.ask(contradictions.entries_told, models)
    artifacts = work.ask(contradictions.artifacts_seen_of, models)
    return {
        id: Told(
            entries.get(id, ()),
            artifacts.get(id, ()),
            names.get(state.details.owner or "", ""),
            tuple(names.values()),
            id in watched,
        )
        for id, state in states.items()
    }
