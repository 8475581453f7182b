"""The rows that services give back, by name, for those above who may not know the store."""

from mlops_desktop.store.queries.approvals import DecisionRow, RequestRow
from mlops_desktop.store.queries.models import ModelFilter, ModelRow, SortBy
from mlops_desktop.store.queries.registry import SourceRow
from mlops_desktop.store.queries.versions import DeploymentRow, EntryRow, VersionRow

__all__ = [
    "DecisionRow",
    "DeploymentRow",
    "EntryRow",
    "ModelFilter",
    "ModelRow",
    "RequestRow",
    "SortBy",
    "SourceRow",
    "VersionRow",
]
