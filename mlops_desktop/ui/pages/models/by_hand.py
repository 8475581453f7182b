"""What no source tells about a model and a person records: versions, and where they serve."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mlops_desktop.services.deployments import ROLES, Place, close_deployment, open_deployment
from mlops_desktop.services.rows import DeploymentRow
from mlops_desktop.services.session import Recorded, effective_from
from mlops_desktop.services.versions import NewVersion, register_version
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.entity_choice import EntityBox
from mlops_desktop.ui.pages.models.dialogs import ModelDialog
from mlops_desktop.ui.pages.models.environment_box import EnvironmentBox
from mlops_desktop.ui.pages.models.said import field_name, say_code
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.lines import DayLine, TextBox

Read = Callable[[], Callable[[], Recorded]]


def ask_version(context: Context, shown: Shown, parent: QWidget) -> ModelDialog:
    """Ask for a version that no source tells about, and record it."""
    title = tr("Record a version of {model}", model=shown.sheet.row.name)
    dialog = ModelDialog(context, title, tr("Record", "verb"), parent)
    form, session, key = dialog.form, context.session, shown.sheet.row.key
    label = form.add(field_name(context, "version"), QLineEdit(), tr("Needed, for example 3.1."))
    artifact = form.add(tr("Artefact"), QLineEdit(), tr("Where it lies: its address or digest."))
    description = form.add(field_name(context, "description"), TextBox())
    author = form.add(field_name(context, "created_by"), QLineEdit())
    effective = _add_day(dialog, tr("Effective from"))
    dialog.fields["version"] = label
    label.setFocus()

    def read() -> Callable[[], Recorded]:
        wanted = NewVersion(label.text(), description.text(), artifact.text(), author.text())
        since = effective_from(effective.day())
        return lambda: register_version(session, key, wanted, effective=since)

    said = tr("The version is recorded.")
    dialog.run(tr("Recording a version"), read, said)
    return dialog


def ask_opening(context: Context, shown: Shown, parent: QWidget) -> ModelDialog:
    """Ask which version began to serve where, in which role and since when, and record it."""
    title = tr("Record a deployment of {model}", model=shown.sheet.row.name)
    dialog = ModelDialog(context, title, tr("Record", "verb"), parent)
    form, session, key = dialog.form, context.session, shown.sheet.row.key
    version = form.add(field_name(context, "version"), _versions(shown))
    environment = form.add(field_name(context, "environment"), EnvironmentBox(context))
    role = form.add(field_name(context, "role"), _roles(context))
    entity = EntityBox(context, shown.entities)
    if shown.entities:
        dialog.fields["entities"] = form.add(context.say("entities.serves"), entity)
    basis = form.add(tr("Known from"), QLineEdit(), tr("For example the record of the go-live."))
    effective = _add_day(dialog, tr("In use since"))
    version.setFocus()
    dialog.fields |= {"version": version, "environment": environment, "role": role}

    def read() -> Callable[[], Recorded]:
        where = environment.code(), str(role.currentData())
        place = Place(version.currentText(), *where, entity.chosen())
        why, since = basis.text(), effective_from(effective.day())
        return lambda: open_deployment(session, key, place, basis=why, effective=since)

    dialog.run(tr("Recording a deployment"), read, tr("The deployment is recorded."))
    return dialog


def ask_closing(context: Context, shown: Shown, parent: QWidget) -> ModelDialog:
    """Ask which deployment ended and when, and record it."""
    title = tr("End a deployment of {model}", model=shown.sheet.row.name)
    sentence = tr("What was recorded by hand is ended by hand; a source ends what it told.")
    dialog = ModelDialog(context, title, tr("End"), parent, sentence)
    session, key = context.session, shown.sheet.row.key
    which = dialog.form.add(tr("Deployment"), QComboBox())
    rows = open_by_hand(shown)
    for row in rows:
        which.addItem(_say_deployment(context, shown, row))
    effective = _add_day(dialog, tr("In use until"))
    dialog.fields["version"] = which
    which.setFocus()

    def read() -> Callable[[], Recorded]:
        row, until = rows[which.currentIndex()], effective_from(effective.day())
        place = Place(shown.labels.get(row.version, ""), row.environment, row.role, row.entity)
        return lambda: close_deployment(session, key, place, effective=until)

    dialog.run(tr("Ending a deployment"), read, tr("The end of the deployment is recorded."))
    return dialog


def open_by_hand(shown: Shown) -> tuple[DeploymentRow, ...]:
    """Return the deployments that serve and that no source told about, the newest first."""
    found = [row for row in shown.sheet.deployments if row.until is None and not row.source]
    return tuple(sorted(found, key=lambda row: row.since, reverse=True))


def _add_day(dialog: ModelDialog, title: str) -> DayLine:
    help = tr("Today unless you say otherwise.")
    day = dialog.form.add(title, DayLine(dialog.context), help)
    dialog.fields["effective"] = day
    return day


def _versions(shown: Shown) -> QComboBox:
    box = QComboBox()
    box.addItems([row.details.version for row in shown.sheet.versions])
    return box


def _roles(context: Context) -> QComboBox:
    box = QComboBox()
    for role in ROLES:
        box.addItem(say_code(context, "role", role), role)
    return box


def _say_deployment(context: Context, shown: Shown, row: DeploymentRow) -> str:
    said = tr(
        "{version} in {environment} as {role}",
        version=shown.labels.get(row.version, row.version),
        environment=say_code(context, "environment", row.environment),
        role=say_code(context, "role", row.role),
    )
    names = shown.sheet.names
    return f"{said} · {names.get(row.entity, row.entity)}" if row.entity else said
