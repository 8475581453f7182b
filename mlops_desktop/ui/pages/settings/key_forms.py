"""The dialogs about people and their keys."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from mlops_desktop.core.identity import Role
from mlops_desktop.services.certification import certify_person, unlock_authority
from mlops_desktop.services.key_files import read_key_file
from mlops_desktop.services.keyrings import KeySheet, change_passphrase, save_key_file
from mlops_desktop.services.people import (
    Enrolment,
    TokenPlace,
    enrol_person,
    revoke_person,
    with_passphrase,
)
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.approvals.said import say_role
from mlops_desktop.ui.pages.rules.asking import CheckList, FileLine, add_line, add_text
from mlops_desktop.ui.pages.settings.asking import SettingsDialog
from mlops_desktop.ui.pages.settings.said import say
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button

MADE, FILE, TOKEN, NONE = "made", "file", "token", "none"


class KeyFields:
    """The fields of a form that say where a person's key comes from."""

    def __init__(self, dialog: SettingsDialog, kinds: tuple[str, ...]) -> None:
        self._dialog = dialog
        self.kind = QComboBox()
        for kind in kinds:
            self.kind.addItem(say(dialog.context, f"key_kind.{kind}"), kind)
        dialog.put("key", self.kind)
        self._add_file()
        self._add_token()
        self.first, self.again = dialog.add_new_secret("passphrase")
        self.authority = dialog.add_secret("authority", "authority")
        dialog.places |= {
            "person_key.": self.authority,
            "passphrase.": self.first,
            "token.pin": self.first,
            "token.": self.module,
            "key_file.": self.file,
            "certificate.": self.kind,
        }
        self.kind.currentIndexChanged.connect(lambda _: self._show())
        self._show()

    def chosen(self) -> str:
        """Return where the key comes from."""
        return str(self.kind.currentData())

    def token(self) -> TokenPlace | None:
        """Return where on a token the key lies, None where it is on none."""
        if self.chosen() != TOKEN:
            return None
        return TokenPlace(*(line.text().strip() for line in self._token))

    def passphrase(self) -> str | None:
        """Return the passphrase or PIN, None where no key is wanted."""
        return self.first.text() if self.chosen() != NONE else None

    def ask_authority(self) -> Callable[[], str]:
        """Return what gives the authority's passphrase as typed now."""
        typed = self.authority.text()
        return lambda: typed

    def _add_file(self) -> None:
        dialog = self._dialog
        self.file = FileLine()
        dialog.put("key_file", self.file, "key_file")
        self._browse = Button(tr("Choose…"), self.file.choose)
        dialog.form.add_below(self.file, self._browse)
        dialog.needed_lines.append(self.file)

    def _add_token(self) -> None:
        dialog = self._dialog
        self.module = add_line(dialog, "token_module", help="token_module")
        self._token = (
            self.module,
            add_line(dialog, "token_label"),
            add_line(dialog, "token_key"),
        )
        dialog.needed_lines.extend(self._token)

    def _show(self) -> None:
        form, kind = self._dialog.form, self.chosen()
        form.set_shown(self.file, kind == FILE)
        self._browse.setVisible(kind == FILE)
        for line in self._token:
            form.set_shown(line, kind == TOKEN)
        form.set_shown(self.first, kind != NONE)
        form.set_shown(self.again, kind == MADE)
        form.set_shown(self.authority, kind != NONE)
        form.rename(self.first, say(self._dialog.context, f"secret_of.{kind}"))


def role_list(context: Context, without: frozenset[Role] = frozenset()) -> CheckList:
    """Return the roles to tick."""
    return CheckList(
        (say_role(context, role.value), role.value) for role in Role if role not in without
    )


def ask_enrolment(context: Context, parent: QWidget) -> SettingsDialog:
    """Ask who is to be known, in which roles, and by which key the person signs."""
    dialog = form_of(context, "enrol", parent)
    name = add_line(dialog, "name")
    dialog.needed_lines.append(name)
    roles = role_list(context, without=frozenset({Role.CUSTODIAN}))
    dialog.put("roles", roles, "roles")
    keys = KeyFields(dialog, (MADE, FILE, TOKEN, NONE))
    session = context.session

    def read() -> Callable[[], Recorded]:
        named, chosen = name.text().strip(), tuple(map(Role, roles.ticked()))
        passphrase, place = keys.passphrase(), keys.token()
        file = Path(keys.file.text().strip()) if keys.chosen() == FILE else None
        ask = keys.ask_authority()

        def enrol() -> Recorded:
            brought = read_key_file(file, passphrase) if file and passphrase else None
            return enrol_person(session, Enrolment(named, chosen, passphrase, brought, place), ask)

        return enrol

    dialog.send(read)
    name.setFocus()
    return dialog


def ask_certificate(context: Context, sheet: KeySheet, parent: QWidget) -> SettingsDialog:
    """Ask for a new key of a known person: the first one, after a lock, before the old one ends."""
    dialog = form_of(context, "certify", parent, sheet)
    keys = KeyFields(dialog, (MADE, TOKEN))
    session, person = context.session, sheet.person.id

    def read() -> Callable[[], Recorded]:
        passphrase, place, ask = keys.passphrase() or "", keys.token(), keys.ask_authority()
        return lambda: certify_person(
            session, person, passphrase, unlock_authority(session, ask), token=place
        )

    dialog.send(read)
    keys.first.setFocus()
    return dialog


def ask_passphrase(context: Context, sheet: KeySheet, parent: QWidget) -> SettingsDialog:
    """Ask for the passphrase of a key and for another one."""
    dialog = form_of(context, "passphrase", parent, sheet)
    old = dialog.add_secret("old_passphrase")
    new, _ = dialog.add_new_secret("passphrase", "passphrase")
    dialog.places |= {"person_key.": old, "passphrase.": new}
    session, person = context.session, sheet.person.id

    def read() -> Callable[[], Recorded]:
        given = (old.text(), new.text())
        return dialog.done_here(lambda: change_passphrase(session, person, *given))

    dialog.send(read)
    old.setFocus()
    return dialog


def ask_key_file(context: Context, sheet: KeySheet, parent: QWidget) -> SettingsDialog:
    """Ask where a person's key is to be written, and for its passphrase."""
    dialog = form_of(context, "key_file", parent, sheet)
    path = QLineEdit(str(Path.home() / f"{sheet.person.name}.p12"))
    dialog.put("path", path)
    dialog.form.add_below(path, Button(tr("Choose…"), lambda: _choose(dialog, path)))
    old = dialog.add_secret("old_passphrase", "key_file_passphrase")
    dialog.needed_lines.append(path)
    dialog.places |= {"person_key.file_exists": path, "person_key.": old, "file.": path}
    session, person = context.session, sheet.person.id

    def read() -> Callable[[], Recorded]:
        passphrase, target = old.text(), Path(path.text().strip()).expanduser()
        return dialog.done_here(lambda: save_key_file(session, person, passphrase, target))

    dialog.send(read)
    old.setFocus()
    return dialog


def ask_revocation(context: Context, sheet: KeySheet, parent: QWidget) -> SettingsDialog:
    """Ask why a person's signatures are to count no longer."""
    return _ask_end(context, "revoke", sheet, parent)


def ask_leaving(context: Context, sheet: KeySheet, parent: QWidget) -> SettingsDialog:
    """Ask why nothing is to be given any more to somebody without a key."""
    return _ask_end(context, "leave", sheet, parent)


def _ask_end(context: Context, act: str, sheet: KeySheet, parent: QWidget) -> SettingsDialog:
    dialog = form_of(context, act, parent, sheet)
    reason, session, person = add_text(dialog, "reason"), context.session, sheet.person.id
    help = "revoke_signed" if sheet.needs_two else "revoke_shown"
    own = dialog.add_secret("own_passphrase", help) if sheet.is_end_signed else None
    if own is not None:
        dialog.places |= {"person_key.": own, "signing.": own, "token.": own}

    def read() -> Callable[[], Recorded]:
        why, typed = reason.text() or None, own.text() if own is not None else ""
        signing = with_passphrase(session, typed) if own is not None else session
        return lambda: revoke_person(signing, person, why)

    dialog.send(read)
    return dialog


def form_of(
    context: Context, act: str, parent: QWidget, sheet: KeySheet | None = None
) -> SettingsDialog:
    """Return a form without fields, named after the person it is about."""
    name = {"person": sheet.person.name} if sheet is not None else {}
    dialog = SettingsDialog(context, act, parent, **name)
    dialog.prepare()
    return dialog


def _choose(dialog: SettingsDialog, line: QLineEdit) -> None:
    asked = QFileDialog(dialog, line.accessibleName(), line.text())
    asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asked.setDefaultSuffix("p12")
    asked.fileSelected.connect(line.setText)
    asked.finished.connect(asked.deleteLater)
    asked.open()
