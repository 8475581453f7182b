"""The dialogs that offer what a leaver holds, and that accept or decline such an offer."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.services.handovers import (
    Handover,
    Holdings,
    accept_handover,
    list_held,
    offer_handover,
    refuse_handover,
)
from mlops_desktop.services.people import list_people
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.rules.asking import Dialog, add_choice, add_text
from mlops_desktop.ui.pages.rules.said import say
from mlops_desktop.ui.widgets.label import Label


class OfferDialog(Dialog):
    """Asks who leaves and who is to take over, and says at once how much that is."""

    def __init__(
        self, context: Context, people: tuple[Person, ...], parent: QWidget, giver: str = ""
    ) -> None:
        super().__init__(context, "handover_offer", parent)
        here = [one for one in people if not one.is_revoked]
        self.giver = add_choice(self, "giver", [(_named(context, one), one.id) for one in people])
        self.held = Label(tone="muted", wrap=True)
        self.put("holdings", self.held)
        self.receiver = add_choice(self, "receiver", [(one.name, one.id) for one in here])
        self.fields |= {"name": self.giver, "to": self.receiver}
        self.reason = add_text(self, "reason", lines=2)
        # A method connected here would keep the dialog's own signals from being heard.
        self.giver.currentIndexChanged.connect(lambda _: self._read_held())
        self.giver.setCurrentIndex(
            max(0, self.giver.findData(giver or context.session.actor.person))
        )
        self._read_held()
        self.send(self._wanted)

    def _wanted(self) -> Callable[[], Recorded]:
        session, why = self.context.session, self.reason.text() or None
        giver, receiver = str(self.giver.currentData()), str(self.receiver.currentData())
        return lambda: offer_handover(session, giver, receiver, reason=why)

    def _read_held(self) -> None:
        session, person = self.context.session, str(self.giver.currentData())

        def ask(progress: Progress) -> Holdings:
            return list_held(session, person)

        name = say(self.context, "job.read")
        self.context.jobs.submit_read(name, ask, self._tell_held, self._fail, key="rules:held")

    def _tell_held(self, held: Holdings) -> None:
        number = self.context.language.number
        self.held.setText(
            say(
                self.context,
                "handover.held",
                models=number(len(held.models)),
                items=number(len(held.items)),
                waiting=number(len(held.waiting)),
            )
        )

    def _fail(self, error: AppError) -> None:
        self.held.setText(self.context.explain(error)[0])


def _named(context: Context, person: Person) -> str:
    return say(context, "handover.revoked", name=person.name) if person.is_revoked else person.name


def ask_offer(context: Context, parent: QWidget, giver: str = "") -> None:
    """Ask whose items are to go to whom, as soon as everybody is known, leavers included.

    ``giver`` is who is proposed, by id; who acts unless said otherwise.
    """
    session = context.session

    def ask(progress: Progress) -> tuple[Person, ...]:
        return list_people(session)

    def fill(people: tuple[Person, ...]) -> None:
        OfferDialog(context, people, parent, giver)

    name = say(context, "job.people")
    context.jobs.submit_read(name, ask, fill, context.show_error, key="rules:people")


def ask_acceptance(context: Context, one: Handover, parent: QWidget) -> Dialog:
    """Ask whether an offer is taken over."""
    session, dialog = context.session, Dialog(context, "handover_accept", parent, **_counts(one))
    dialog.send(lambda: lambda: accept_handover(session, one.id))
    return dialog


def ask_refusal(context: Context, one: Handover, parent: QWidget) -> Dialog:
    """Ask why an offer is not taken over."""
    session, dialog = context.session, Dialog(context, "handover_decline", parent, **_counts(one))
    reason = add_text(dialog, "reason", "needed", lines=2)

    def read() -> Callable[[], Recorded]:
        why = reason.text()
        return lambda: refuse_handover(session, one.id, why)

    dialog.send(read)
    return dialog


def _counts(one: Handover) -> dict[str, str | int]:
    return {"giver": one.giver, "models": len(one.models), "items": len(one.items)}
