"""Experiments: what was fixed beforehand, and the result with its uncertainty as a figure."""

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.experiments import ExperimentDetails
from mlops_desktop.core.items.experiments import effect_of
from mlops_desktop.dossier.content import Field, Kind, Part, Value
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.items import items_chapter
from mlops_desktop.services.experiment_figures import interval_of
from mlops_desktop.services.items import ItemSheet
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 67


def _effect(view: ReadSession, model: str, sheet: ItemSheet, as_of: AsOf) -> tuple[Part, ...]:
    details = sheet.state.details
    if not isinstance(details, ExperimentDetails):
        return ()
    effect, interval = effect_of(details), interval_of(details)
    if effect is None or interval is None:
        return ()
    fields = (
        Field("experiment_difference", (Value(Kind.EXACT, interval.value),)),
        Field("experiment_needed", (Value(Kind.EXACT, interval.needed),)),
        Field("experiment_outcome", cells.code(f"outcome.{effect.outcome.value}")),
    )
    return (Part("experiment_effect", fields=fields, intervals=(interval,)),)


build = items_chapter("experiment", _effect)
