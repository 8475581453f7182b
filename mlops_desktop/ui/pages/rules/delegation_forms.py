"""The dialogs that let another sign in one's place, and that take it back."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mlops_desktop.core import clock
from mlops_desktop.core.identity import Person
from mlops_desktop.core.rules import Kind
from mlops_desktop.services.delegations import (
    NewDelegation,
    grant_delegation,
    revoke_delegation,
)
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.asking import (
    CheckList,
    Dialog,
    add_choice,
    add_day,
    add_line,
    add_text,
    with_people,
)
from mlops_desktop.ui.pages.rules.delegations import DelegationLine
from mlops_desktop.ui.pages.rules.said import say


class GrantDialog(Dialog):
    """Asks who signs in the place of who acts, from when to when, and for what."""

    def __init__(self, context: Context, people: tuple[Person, ...], parent: QWidget) -> None:
        super().__init__(context, "delegation_grant", parent)
        me = context.session.actor.person
        others = [(one.name, one.id) for one in people if one.id != me and one.can_sign]
        self.holder = add_choice(self, "deputy", others)
        self.begin_open(self.holder, "choose_person")
        self.begins = add_day(self, "begins", ahead=True, help="today")
        self.ends = add_day(self, "ends", ahead=True, help="last_day")
        self.models = add_line(self, "models", help="delegation_models")
        kinds = [(context.say(f"rules.kind.{kind.value}"), kind.value) for kind in Kind]
        self.kinds = CheckList(kinds)
        self.put("kinds", self.kinds, "delegation_kinds")
        self.fields |= {"holder": self.holder}
        self.reason, self.hold = add_text(self, "reason", lines=2), self.add_key(is_needed=True)
        self.send(self._wanted)

    def is_complete(self) -> bool:
        """The last day must be said: nobody signs for another without an end."""
        complete = super().is_complete()
        if self.ends.day() is None and self.ends.is_right():
            self.form.set_wrong(self.ends, say(self.context, "delegation.last_day_missing"))
            return False
        return complete

    def _wanted(self) -> Callable[[], Recorded]:
        session, begins = self.hold(), self.begins.day() or clock.today()
        wanted = NewDelegation(
            str(self.holder.currentData()),
            begins,
            self.ends.day() or begins,
            tuple(one.strip() for one in self.models.text().split(",") if one.strip()),
            tuple(Kind(one) for one in self.kinds.ticked()),
            self.reason.text() or None,
        )
        return lambda: _grant(session, wanted)


def _grant(session: Session, wanted: NewDelegation) -> Recorded:
    assert session.unlock is not None  # the dialog asked for the passphrase
    return grant_delegation(session, wanted, session.unlock)


def ask_grant(context: Context, parent: QWidget) -> None:
    """Ask for a delegation as soon as everybody is known who can sign."""
    with_people(context, lambda people: _drop(GrantDialog(context, people, parent)))


def ask_end(context: Context, line: DelegationLine, parent: QWidget) -> Dialog:
    """Ask why a delegation is to hold no longer."""
    dialog = Dialog(context, "delegation_revoke", parent, giver=line.giver, holder=line.holder)
    reason, session = add_text(dialog, "reason", lines=2), context.session

    def read() -> Callable[[], Recorded]:
        why = reason.text() or None
        return lambda: revoke_delegation(session, line.id, why)

    dialog.send(read)
    return dialog


def _drop(_: object) -> None:
    """Forget a dialog that shows itself."""
