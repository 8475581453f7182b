"""Emergencies: changes that did not wait for their approval, and what ratified them."""

from collections.abc import Iterator

from mlops_desktop.core.asof import AsOf
from mlops_desktop.dossier.content import Chapter, Field, Part
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.labels import label_in_both
from mlops_desktop.services.emergencies import EmergencyStand, read_emergencies
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 74


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return a part for each emergency change, in the order recorded."""
    found = read_emergencies(view, sheet.row.key, as_of)
    parts = tuple(_part(sheet, one) for one in found)
    return Chapter("emergencies", parts or cells.NOT_YET)


def _part(sheet: ModelSheet, stand: EmergencyStand) -> Part:
    labels = {version.key: version.details.version for version in sheet.versions}
    one = stand.row.emergency
    label = label_in_both("versions.one", version=labels.get(one.version, one.version))
    return Part("emergency", label, tuple(_fields(sheet, stand)))


def _fields(sheet: ModelSheet, stand: EmergencyStand) -> Iterator[Field]:
    row, one = stand.row, stand.row.emergency
    yield Field("emergency_state", cells.code(f"emergency.{stand.state.value}"))
    yield Field("emergency_environment", cells.environment(one.environment))
    yield Field("emergency_since", cells.day(one.since))
    yield Field("emergency_reason", cells.said(row.why))
    yield Field("emergency_by", cells.person(sheet.names, row.person))
    yield Field("emergency_recorded", cells.moment(row.at))
    yield Field("emergency_due", cells.day(one.due))
    by = stand.request
    yield Field("emergency_approval", cells.text(by) if by else cells.NOT_YET)
