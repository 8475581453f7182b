"""What supervisors were asked and answered (Regulation (EU) 2022/439 Art. 32, CRR Art. 143)."""

from mlops_desktop.core.permissions import PermissionState
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.services.profiles.evidence import Asked, Told
from mlops_desktop.store.queries.permissions import list_permissions

_PERMISSION, _NOTIFICATION = "record.permission", "record.notification"
_CATEGORY = "record.change_category"
LEADS = dict.fromkeys((_PERMISSION, _NOTIFICATION, _CATEGORY), "permission")


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the answer, the application or notification, and the category of the change."""
    return names & {_PERMISSION, _NOTIFICATION, _CATEGORY}


def gather(asked: Asked) -> Told:
    """Yield what is told of the last version that needed something; one still waiting has none."""
    last = {
        row.model: row.permission
        for row in list_permissions(asked.view.connection, asked.model, asked.as_of)
        if row.model in asked.rows
    }
    for model, found in last.items():
        if _CATEGORY in asked.names:
            yield model, _CATEGORY, Fact()
        if _NOTIFICATION in asked.names and found.applied_on is not None:
            yield model, _NOTIFICATION, Fact(found.applied_on)
        holds = found.state in (PermissionState.GRANTED, PermissionState.NOTIFIED)
        if _PERMISSION in asked.names and holds:
            yield model, _PERMISSION, Fact(found.answered_on or found.applied_on)
