"""Lists of models by the incidents of data that reach them: ``incident:open``, ``incident:any``.

What lies downstream is derived anew at every date; a list asks for it with every page it shows.
"""

import re
from dataclasses import replace

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.incidents import INCIDENT
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.incidents import Incident, list_incidents
from mlops_desktop.services.recent_answers import RecentAnswers
from mlops_desktop.store.queries.model_filter import ModelFilter
from mlops_desktop.store.unit_of_work import ReadSession

OPEN, ANY = "open", "any"

_NUMBER = re.compile(rf"{INCIDENT.prefix}-\d+", re.IGNORECASE)
_RECENT = RecentAnswers[tuple[Incident, ...]](4)


def read_incident(value: str) -> str:
    """Return a term of the filter line; raises ``filter.value_refused``."""
    if value.lower() in (OPEN, ANY):
        return value.lower()
    if _NUMBER.fullmatch(value):
        return value.upper()
    allowed = f"{OPEN}, {ANY}, {INCIDENT.prefix}-00001"
    raise AppError(
        "filter.value_refused", where="--filter", name="incident", value=value, allowed=allowed
    )


def narrow_by_incidents(view: ReadSession, wanted: ModelFilter) -> ModelFilter:
    """Return a filter whose incidents are replaced by the models they reach; any of them suffices.

    Raises ``item.not_found`` for an incident of a number that nobody recorded.
    """
    if not wanted.incidents:
        return wanted
    found = _incidents(view, wanted.as_of)
    numbers = {one.number for one in found}
    for named in wanted.incidents:
        if named not in (OPEN, ANY) and named not in numbers:
            raise AppError("item.not_found", where="--filter", name=named)
    reached = {
        int(one.model.id.removeprefix("M-"))
        for incident in found
        if any(_is_meant(incident, named) for named in wanted.incidents)
        for one in incident.affected.models
    }
    among = reached if wanted.among is None else reached & set(wanted.among)
    return replace(wanted, incidents=(), among=tuple(sorted(among)))


def _is_meant(incident: Incident, named: str) -> bool:
    return named in (ANY, incident.number) or (named == OPEN and incident.is_open)


def _incidents(view: ReadSession, as_of: AsOf) -> tuple[Incident, ...]:
    return _RECENT.ask(view, as_of, lambda: list_incidents(view, as_of, ItemScope.ALL))
