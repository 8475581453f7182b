"""People of the workspace: who is known, who may sign, and where each key lies."""

from collections.abc import Iterator, Mapping
from functools import partial

from PySide6.QtCore import Qt

from mlops_desktop.core.asof import AsOf
from mlops_desktop.services.keyrings import KeySheet, Lies, Waits, list_key_sheets, standing_of
from mlops_desktop.services.session import Session
from mlops_desktop.ui.actions import Deed
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.approvals.actor import ActorChoice
from mlops_desktop.ui.pages.approvals.said import say_role
from mlops_desktop.ui.pages.rules.parts import Head, Part
from mlops_desktop.ui.pages.settings.admission_forms import (
    ask_admission,
    ask_confirmation,
    ask_invitation,
    ask_refusal,
    ask_roles,
)
from mlops_desktop.ui.pages.settings.key_forms import (
    ask_certificate,
    ask_enrolment,
    ask_key_file,
    ask_leaving,
    ask_passphrase,
    ask_revocation,
)
from mlops_desktop.ui.pages.settings.lists import ListSection
from mlops_desktop.ui.pages.settings.parts import SectionSpec
from mlops_desktop.ui.pages.settings.said import fact, path_fact, say
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOODS: dict[str, Mood] = {
    "invited": "idle",
    "admission": "warn",
    "revocation": "warn",
    "signs": "good",
    "soon": "warn",
    "locked": "bad",
    "expired": "bad",
    "known": "idle",
    "revoked": "idle",
    "left": "idle",
}
_ACTIONS = (
    "settings.confirm",
    "settings.decline",
    "settings.change_roles",
    "settings.certify",
    "settings.passphrase",
    "settings.key_file",
    "settings.revoke",
    "settings.leave",
)


def _status(context: Context, sheet: KeySheet) -> Status:
    found = standing_of(sheet)
    return Status(_MOODS[found], say(context, f"standing.{found}"))


def _roles(context: Context, sheet: KeySheet) -> str:
    return ", ".join(say_role(context, role.value) for role in sheet.person.roles)


def _lies(context: Context, sheet: KeySheet) -> str:
    return say(context, f"lies.{sheet.lies}")


def _ends(context: Context, sheet: KeySheet) -> str:
    return context.language.date(sheet.ends.date()) if sheet.ends is not None else "–"


def _columns(context: Context) -> tuple[Column[KeySheet], ...]:
    return (
        Column("name", "settings.field.name", lambda one: one.person.name, 19, strong=True),
        Column(
            "standing",
            "settings.field.standing",
            lambda one: _status(context, one).word,
            14,
            status=partial(_status, context),
            key=True,
        ),
        Column("lies", "settings.field.key", partial(_lies, context), 16),
        Column("ends", "settings.field.ends", partial(_ends, context), 11, key=True),
        Column(
            "roles", "settings.field.roles", partial(_roles, context), 24, flexible=True,
            named=True, sortable=False,
        ),
    )  # fmt: skip


def _head(context: Context, sheet: KeySheet) -> Head:
    return Head(sheet.person.name, _roles(context, sheet), (_status(context, sheet),))


def _key(context: Context, sheet: KeySheet, _: object) -> tuple[Group, ...]:
    until = context.language.date(sheet.until) if sheet.until is not None else ""
    lead = say(context, f"standing_lead.{standing_of(sheet)}", name=sheet.by, until=until)
    return (Group("", tuple(_facts(context, sheet)), lead),)


def _facts(context: Context, sheet: KeySheet) -> Iterator[Fact]:
    yield fact(context, "roles", _roles(context, sheet))
    if sheet.person.scopes:
        yield fact(context, "scopes", ", ".join(one.value for one in sheet.person.scopes))
    if sheet.is_custodian:
        yield fact(context, "custody", say(context, "yes"))
    yield fact(context, "key", _lies(context, sheet))
    if sheet.token is not None:
        yield path_fact(context, "token_module", sheet.token.module)
        yield fact(context, "token_label", sheet.token.token)
        yield fact(context, "token_key", sheet.token.key)
    if sheet.ends is not None:
        yield fact(context, "ends", _ends(context, sheet))
    if sheet.person.fingerprint:
        yield fact(context, "fingerprint", sheet.person.fingerprint)


def _fetch(session: Session, as_of: AsOf) -> tuple[KeySheet, ...]:
    return list_key_sheets(session)


def _words(context: Context, sheet: KeySheet) -> str:
    said = (sheet.person.name, _roles(context, sheet), _status(context, sheet).word)
    return " ".join((*said, _lies(context, sheet)))


def _waits_for_a_second(sheet: KeySheet) -> bool:
    return sheet.waits in (Waits.ADMISSION, Waits.REVOCATION)


def _can_be_declined(sheet: KeySheet) -> bool:
    return sheet.waits in (Waits.ADMISSION, Waits.INVITED)


PART: Part[KeySheet] = Part(
    "people",
    ListSpec(
        "settings_people",
        "settings.section.people",
        _columns,
        EmptyText("settings.empty.people", "settings.enrol", "person"),
        actions=_ACTIONS,
    ),
    _fetch,
    _words,
    _head,
    (("settings.tab.key", _key),),
    _ACTIONS,
    "settings.certify",
    keys={
        "name": lambda one: one.person.name.casefold(),
        "standing": standing_of,
        "lies": lambda one: one.lies.value,
        "ends": lambda one: one.ends.isoformat() if one.ends is not None else "",
    },
)


class People(ListSection[KeySheet]):
    """Who acts here above, everybody below, the chosen one beside."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, PART)
        self.actor = ActorChoice(context)
        self.column.addWidget(self.actor, 0, Qt.AlignmentFlag.AlignLeft)

    def reload(self) -> None:
        """Ask for everybody and who can act here."""
        super().reload()
        self.actor.reload()

    def retranslate(self) -> None:
        """Say who acts again; list and detail listen for themselves."""
        self.actor.retranslate()

    def top(self) -> tuple[str, ...]:
        return ("settings.invite", "settings.admit", "settings.enrol")

    def deeds(self) -> Mapping[str, Deed]:
        """Return what can be done about people and keys."""

        def is_here(sheet: KeySheet) -> bool:
            return sheet.lies is Lies.HERE

        def is_there(sheet: KeySheet) -> bool:
            return not sheet.person.is_revoked and sheet.waits is None

        def can_sign(sheet: KeySheet) -> bool:
            return sheet.person.can_sign and sheet.waits is None

        def has_key(sheet: KeySheet) -> bool:
            return is_there(sheet) and sheet.person.certificate is not None

        def is_known(sheet: KeySheet) -> bool:
            return is_there(sheet) and sheet.person.certificate is None

        return {
            "settings.invite": (self._invite, self.is_open),
            "settings.admit": (self._admit, self.is_open),
            "settings.confirm": self.about(ask_confirmation, _waits_for_a_second),
            "settings.decline": self.about(ask_refusal, _can_be_declined),
            "settings.change_roles": self.about(ask_roles, can_sign),
            "settings.enrol": (self._enrol, self.is_open),
            "settings.certify": self.about(ask_certificate, is_there),
            "settings.passphrase": self.about(ask_passphrase, is_here),
            "settings.key_file": self.about(ask_key_file, is_here),
            "settings.revoke": self.about(ask_revocation, has_key),
            "settings.leave": self.about(ask_leaving, is_known),
        }

    def _invite(self) -> None:
        ask_invitation(self.context, self.window())

    def _admit(self) -> None:
        ask_admission(self.context, self.window())

    def _enrol(self) -> None:
        ask_enrolment(self.context, self.window())


SECTION = SectionSpec("people", 30, People, frozenset({"person"}))
