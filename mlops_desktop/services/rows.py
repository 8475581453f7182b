"""What services give back, by name, for those above who may know neither store nor sources."""

from mlops_desktop.dossier.verdict import Signature
from mlops_desktop.sources.base import AddressForm, Description
from mlops_desktop.sources.observations import Probe
from mlops_desktop.store.queries.approvals import DecisionRow, MarkRow, RequestRow
from mlops_desktop.store.queries.dossiers import DossierRow
from mlops_desktop.store.queries.entries import EntryRow
from mlops_desktop.store.queries.imports import ImportRow
from mlops_desktop.store.queries.meetings import MeetingRow
from mlops_desktop.store.queries.models import ModelFilter, ModelRow, SortBy
from mlops_desktop.store.queries.permissions import EmergencyRow, PermissionRow, PermissionTelling
from mlops_desktop.store.queries.registry import SourceRow
from mlops_desktop.store.queries.rules import DelegationRow, RuleRow
from mlops_desktop.store.queries.succession import ModelName
from mlops_desktop.store.queries.versions import DeploymentRow, VersionRow

__all__ = [
    "AddressForm",
    "DecisionRow",
    "DelegationRow",
    "DeploymentRow",
    "Description",
    "DossierRow",
    "EmergencyRow",
    "EntryRow",
    "ImportRow",
    "MarkRow",
    "MeetingRow",
    "ModelFilter",
    "ModelName",
    "ModelRow",
    "PermissionRow",
    "PermissionTelling",
    "Probe",
    "RequestRow",
    "RuleRow",
    "Signature",
    "SortBy",
    "SourceRow",
    "VersionRow",
]
