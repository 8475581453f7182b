"""The dialogs by which somebody comes to sign: invited, admitted, confirmed; and changed roles."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from mlops_desktop.core.identity import SCOPE_FIELDS, Role, Scope
from mlops_desktop.services.admissions import admit_person, change_person
from mlops_desktop.services.askings import read_request_file
from mlops_desktop.services.invitations import (
    ENDING,
    NewInvitation,
    invitation_file,
    invite_person,
    withdraw_invitation,
    write_invitation,
)
from mlops_desktop.services.keyrings import KeySheet, Waits
from mlops_desktop.services.people import unlocker
from mlops_desktop.services.seconds import confirm, refuse
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.asking import FileLine, add_line, add_text
from mlops_desktop.ui.pages.settings.asking import SettingsDialog
from mlops_desktop.ui.pages.settings.key_forms import form_of, role_list
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button

_PROPOSED = "proposed"


class ScopeLines:
    """The fields that say which part of the models is somebody's."""

    def __init__(self, dialog: SettingsDialog, scopes: tuple[Scope, ...] = ()) -> None:
        held = {one.field: one.value for one in scopes}
        self._lines = {
            name: add_line(dialog, f"scope_{name}", held.get(name, ""), "scope")
            for name in SCOPE_FIELDS
        }

    def scopes(self) -> tuple[Scope, ...]:
        """Return what was typed."""
        typed = ((name, line.text().strip()) for name, line in self._lines.items())
        return tuple(Scope(name, text) for name, text in typed if text)


def ask_invitation(context: Context, parent: QWidget) -> SettingsDialog:
    """Ask whom to invite as what, and where the file is to be written."""
    dialog = form_of(context, "invite", parent)
    name = add_line(dialog, "name")
    roles = role_list(context)
    dialog.put("roles", roles, "roles")
    scopes = ScopeLines(dialog)
    path = QLineEdit()
    dialog.put("path", path)
    _propose(context, path, name.text())
    name.textChanged.connect(lambda typed: _propose(context, path, typed))
    dialog.form.add_below(path, Button(tr("Choose…"), lambda: _choose(dialog, path)))
    dialog.needed_lines.extend((name, path))
    dialog.places |= dict.fromkeys(("person.", "custody.", "invitation."), name) | {"file.": path}
    session = context.session

    def read() -> Callable[[], Recorded]:
        target = Path(path.text().strip()).expanduser()
        chosen = tuple(map(Role, roles.ticked()))
        wanted = NewInvitation(name.text().strip(), chosen, scopes.scopes())

        def invite() -> Recorded:
            made = invite_person(session, wanted)
            write_invitation(made.invitation, target)
            return made.recorded

        return invite

    dialog.send(read)
    name.setFocus()
    return dialog


def ask_admission(context: Context, parent: QWidget) -> SettingsDialog:
    """Ask for the request that came back, and for the fingerprint as the person reads it out."""
    dialog = form_of(context, "admit", parent)
    file = FileLine()
    dialog.put("request", file, "request")
    dialog.form.add_below(file, Button(tr("Choose…"), file.choose))
    fingerprint = add_line(dialog, "read_out", help="read_out")
    own = dialog.add_secret("own_passphrase")
    authority = dialog.add_secret("authority", "authority")
    dialog.needed_lines.extend((file, fingerprint))
    dialog.places["request.fingerprint"] = fingerprint  # before its shorter kin
    about_file = ("request.", "invitation.", "public_key.", "person.")
    dialog.places |= dict.fromkeys(about_file, file) | dict.fromkeys(("custody.", "approval."), own)
    session = context.session

    def read() -> Callable[[], Recorded]:
        path, compared = Path(file.text().strip()).expanduser(), fingerprint.text()
        mine, founder = own.text(), authority.text()

        def admit() -> Recorded:
            unlock = unlocker(session, lambda: mine)
            return admit_person(session, read_request_file(path), compared, unlock, lambda: founder)

        return admit

    dialog.send(read)
    file.setFocus()
    return dialog


def ask_confirmation(context: Context, sheet: KeySheet, parent: QWidget) -> SettingsDialog:
    """Ask a second custodian for his signature, and for the fingerprint where a key is new."""
    is_leaving = sheet.waits is Waits.REVOCATION
    dialog = form_of(context, "confirm_revocation" if is_leaving else "confirm", parent, sheet)
    needs = sheet.needs_fingerprint
    fingerprint = add_line(dialog, "read_out", help="read_out") if needs else None
    own = dialog.add_secret("own_passphrase")
    dialog.places |= _own_places(own)
    if fingerprint is not None:
        dialog.needed_lines.append(fingerprint)
        dialog.places |= {"request.": fingerprint}
    session, person = context.session, sheet.person.id

    def read() -> Callable[[], Recorded]:
        mine, compared = own.text(), fingerprint.text() if fingerprint is not None else None
        return lambda: confirm(session, person, unlocker(session, lambda: mine), compared)

    dialog.send(read)
    (fingerprint or own).setFocus()
    return dialog


def ask_refusal(context: Context, sheet: KeySheet, parent: QWidget) -> SettingsDialog:
    """Ask why an admission is refused; an invitation is merely withdrawn."""
    session, person = context.session, sheet.person.id
    if sheet.waits is Waits.INVITED:
        dialog = form_of(context, "withdraw", parent, sheet)
        name = sheet.person.name
        dialog.send(lambda: lambda: withdraw_invitation(session, name))
        return dialog
    dialog = form_of(context, "decline", parent, sheet)
    reason, own = add_text(dialog, "reason"), dialog.add_secret("own_passphrase")
    dialog.places |= _own_places(own)

    def read() -> Callable[[], Recorded]:
        why, mine = reason.text() or None, own.text()
        return lambda: refuse(session, person, unlocker(session, lambda: mine), why)

    dialog.send(read)
    return dialog


def ask_roles(context: Context, sheet: KeySheet, parent: QWidget) -> SettingsDialog:
    """Ask which roles and which part of the models somebody is to have; a custodian signs."""
    dialog = form_of(context, "change_roles", parent, sheet)
    roles = role_list(context)
    for role in sheet.person.roles:
        roles.tick(role.value)
    if sheet.is_custodian:
        roles.tick(Role.CUSTODIAN.value)
    dialog.put("roles", roles, "roles")
    scopes = ScopeLines(dialog, sheet.person.scopes)
    own = dialog.add_secret("own_passphrase")
    dialog.places |= _own_places(own)
    session, person = context.session, sheet.person.id

    def read() -> Callable[[], Recorded]:
        mine, chosen, part = own.text(), tuple(map(Role, roles.ticked())), scopes.scopes()
        unlock = unlocker(session, lambda: mine)
        return lambda: change_person(session, person, unlock, roles=chosen, scopes=part)

    dialog.send(read)
    return dialog


def _own_places(own: QLineEdit) -> dict[str, QWidget]:
    return {"person_key.": own, "custody.": own, "approval.": own, "token.": own}


def _choose(dialog: SettingsDialog, line: QLineEdit) -> None:
    asked = QFileDialog(dialog, line.accessibleName(), line.text())
    asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asked.setDefaultSuffix(ENDING.removeprefix("."))
    asked.fileSelected.connect(line.setText)
    asked.finished.connect(asked.deleteLater)
    asked.open()


def _propose(context: Context, line: QLineEdit, name: str) -> None:
    """Name the file after whom it invites where to, unless somebody named it otherwise."""
    if line.text() == (line.property(_PROPOSED) or ""):
        noun = context.say("settings.file.invitation")
        line.setText(str(Path.home() / invitation_file(noun, name, context.workspace_name)))
        line.setProperty(_PROPOSED, line.text())
