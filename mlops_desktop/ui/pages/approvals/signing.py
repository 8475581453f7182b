"""The dialogs that sign: a decision with what goes with it, and a revocation."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtWidgets import QComboBox, QWidget

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.services.decisions import Ballot, decide, revoke_approval
from mlops_desktop.services.people import unlocker
from mlops_desktop.services.reviews import RequestSheet, entities_of
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.entity_choice import EntityTicks, keep_unasked, say_only_for
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.approvals.conditions import Conditions
from mlops_desktop.ui.pages.approvals.covered import Covered
from mlops_desktop.ui.pages.approvals.detail import refusal_text
from mlops_desktop.ui.pages.approvals.said import say_environment
from mlops_desktop.ui.pages.models.said import field_name
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.lines import DayLine
from mlops_desktop.ui.widgets.sign_dialog import Meaning, SignDialog, Signing
from mlops_desktop.ui.widgets.yielding import YieldingLabel

_TITLES = {
    Decision.APPROVE: later("Approve version {version} of {model}"),
    Decision.CONDITION: later("Approve version {version} of {model} with conditions"),
    Decision.REJECT: later("Reject version {version} of {model}"),
    Decision.ABSTAIN: later("Abstain on version {version} of {model}"),
}


_NEED_REASON = (Decision.REJECT.value, "revoke")

Read = Callable[[Signing], Callable[[], Recorded]]
"""Reads the dialog on the window's thread and returns what the write lane is to do."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an approval is bound to: conditions with their due days, and its last day."""

    conditions: tuple[tuple[str, date | None], ...] = ()
    until: date | None = None
    entities: tuple[str, ...] = ()
    """The ids of the legal entities it is limited to."""


class DecisionDialog(SignDialog):
    """Asks for the declaration, what goes with it and the passphrase; signs in the write lane."""

    def __init__(
        self, context: Context, sheet: RequestSheet, act: str, title: str, parent: QWidget
    ) -> None:
        super().__init__(
            context, title, _covers(context, sheet), (_meaning(context, sheet, act),), parent
        )
        self._sheet, self._act = sheet, act
        self.lead(context.say(f"approvals.follows.{act}"))
        self.insert(Covered(context, sheet))
        self.declaration = YieldingLabel(strong=True, selectable=True)
        self._terms = Form()
        self.conditions: Conditions | None = None
        self.valid_until: DayLine | None = None
        self.only = EntityTicks(sheet.entities)
        self.principal = QComboBox()
        if act != "revoke":
            self._add_principals()
        if act in (Decision.APPROVE, Decision.CONDITION):
            self._add_terms(act)
        keep_unasked(self, self.only, self.principal)
        self._say_declaration()
        if sheet.refusal and act != "revoke" and not self.behalf():
            advice = context.say(f"approvals.advice.{sheet.refusal}")
            self.bar.hold("warn", refusal_text(context, sheet.refusal), advice)
        # Who is asked to sign types the passphrase: it must not land where all can read it.
        (self.comment if act in _NEED_REASON else self.passphrase).setFocus()

    def run(self, read: Read, said: str) -> None:
        """Open; when signed, do what ``read`` returns in the write lane and then say ``said``."""
        self._said = said

        def send() -> None:
            do = read(self.signing())

            def write(progress: Progress) -> Recorded:
                return do()

            self.context.jobs.submit_write(tr("Signing"), write, self._signed, self.show_error)

        self.submitted.connect(send)
        self.open()

    def behalf(self) -> str | None:
        """Return in whose place the person decides; None in his own name."""
        chosen = self.principal.currentData()
        return str(chosen) if chosen else None

    def _add_principals(self) -> None:
        """Offer to decide in the place of who granted a delegation, where anybody did."""
        actor = self.context.session.actor.person
        givers = [giver for holder, giver in self._sheet.deputies if holder.id == actor]
        if not givers:
            return
        self.principal.addItem(self.context.say("approvals.say.own_name"), "")
        for giver in givers:
            self.principal.addItem(giver.name, giver.id)
        if self._sheet.refusal:  # what he may not in his own name he may in another's
            self.principal.setCurrentIndex(1)
        self.form.add(self.context.say("approvals.say.in_place_of"), self.principal)

    def terms(self) -> Terms:
        """Return the conditions and the last day, where they were asked for."""
        conditions = self.conditions.conditions() if self.conditions is not None else ()
        until = self.valid_until.day() if self.valid_until is not None else None
        return Terms(conditions, until, self.only.ids())

    def signing(self) -> Signing:
        """Return what was declared, word for word as it stands in the dialog."""
        return replace(super().signing(), meaning=self.declaration.text())

    def is_complete(self) -> bool:
        """What a signature needs, and conditions and a last day that can be read."""
        complete = super().is_complete()
        wrongs: list[tuple[QWidget, str]] = []
        if self.conditions is not None:
            wrongs.append((self.conditions, self.conditions.wrong()))
        if self.valid_until is not None:
            is_right = self.valid_until.is_right()
            wrongs.append((self.valid_until, "" if is_right else tr("Please write a day.")))
        for field, sentence in wrongs:
            self._terms.set_wrong(field, sentence)
        return complete and not any(sentence for _, sentence in wrongs)

    def set_busy(self, busy: bool) -> None:
        """Keep what is to be signed from being changed while it is signed."""
        super().set_busy(busy)
        self._terms.setEnabled(not busy)

    def show_error(self, error: AppError) -> None:
        """Explain; an attempt that a rule refused stands in the ledger, so the page reads anew."""
        super().show_error(error)
        beside = {"condition": self.conditions, "valid_until": self.valid_until}
        field = beside.get(error.where or "")
        if field is not None:
            self._terms.set_wrong(field, self.context.explain(error)[0])
        if error.code.startswith("approval.refused_"):
            self.context.announce(Changes(frozenset({("approval", self._sheet.row.key)})))
        self.passphrase.setFocus()

    def _say_declaration(self) -> None:
        """Say the one sentence that is signed in full: a button would cut it off."""
        said = self._choices.button(0)
        said.hide()
        column = self._box.layout()
        if column is not None:
            column.addWidget(self.declaration)
        self._narrow_declaration()

    def _narrow_declaration(self) -> None:
        """Name the legal entities to which the signer limits what he declares."""
        names = self.only.names() or entities_of(self._sheet.row, self._sheet.names)
        said = _declares(self.context, self._sheet, self._act, names)
        self.declaration.setText(self._until(said))

    def _until(self, said: str) -> str:
        """Name the last day of an interim approval in what is signed."""
        day = self.valid_until.day() if self.valid_until is not None else None
        if day is None:
            return said
        day_said = self.context.language.date(day)
        return self.context.say("approvals.limited.until", sentence=said, day=day_said)

    def _add_terms(self, act: str) -> None:
        say = self.context.say
        if act == Decision.CONDITION:
            self.conditions = self._terms.add(tr("Conditions"), Conditions(self.context))
        self.valid_until = self._terms.add(
            tr("Valid until"), DayLine(self.context), tr("Only for an interim approval.")
        )
        self.valid_until.textChanged.connect(lambda _: self._narrow_declaration())
        if len(self._sheet.entities) > 1:
            self._terms.add(say("entities.field"), self.only, say("entities.help_signing"))
            self.only.itemChanged.connect(lambda _: self._narrow_declaration())
        self.insert(self._terms)

    def _signed(self, recorded: Recorded) -> None:
        self.done_well()
        self.context.toast(self._said)


def ask_decision(
    context: Context, sheet: RequestSheet, decision: Decision, parent: QWidget
) -> DecisionDialog:
    """Ask for a decision about a request and sign it with the acting person's key."""
    row, session = sheet.row, context.session
    title = tr(_TITLES[decision], version=row.label, model=row.model_name)
    dialog = DecisionDialog(context, sheet, decision.value, title, parent)

    def read(given: Signing) -> Callable[[], Recorded]:
        terms = dialog.terms()
        said = (decision, given.meaning, given.comment, terms.conditions, terms.until)
        ballot = Ballot(*said, on_behalf_of=dialog.behalf(), entities=terms.entities)
        return lambda: decide(session, row.key, ballot, unlocker(session, lambda: given.passphrase))

    dialog.run(read, tr("Your decision is signed and recorded."))
    return dialog


def ask_revocation(context: Context, sheet: RequestSheet, parent: QWidget) -> DecisionDialog:
    """Ask why an approval is to hold no longer, and sign it."""
    row, session = sheet.row, context.session
    title = tr("Revoke the approval of version {version} of {model}", version=row.label,
               model=row.model_name)  # fmt: skip
    dialog = DecisionDialog(context, sheet, "revoke", title, parent)

    def read(given: Signing) -> Callable[[], Recorded]:
        unlock = unlocker(session, lambda: given.passphrase)
        return lambda: revoke_approval(session, row.key, given.comment, given.meaning, unlock)

    dialog.run(read, tr("The approval is revoked."))
    return dialog


def _meaning(context: Context, sheet: RequestSheet, act: str) -> Meaning:
    """Return the sentence that is signed: word for word what stands in the dialog."""
    said = _declares(context, sheet, act, entities_of(sheet.row, sheet.names))
    return Meaning(said, said, needs_comment=act in _NEED_REASON)


def _declares(context: Context, sheet: RequestSheet, act: str, entities: tuple[str, ...]) -> str:
    said = context.say(
        f"approvals.declare.{act}",
        version=sheet.row.label,
        model=f"{sheet.row.model_id} {sheet.row.model_name}",
        environment=say_environment(context, sheet.row.environment),
    )
    return say_only_for(context, said, entities)


def _covers(context: Context, sheet: RequestSheet) -> tuple[tuple[str, str], ...]:
    row = sheet.row
    artifact = next((f.then.text for f in sheet.fields if f.name == "version.artifact"), "")
    return (
        (tr("Request"), row.id),
        (tr("Model"), tr("{id} {name}", id=row.model_id, name=row.model_name)),
        (field_name(context, "version"), row.label),
        (field_name(context, "environment"), say_environment(context, row.environment)),
        (field_name(context, "artifact"), artifact or context.say("models.gap.not_recorded")),
    )
