"""What a verification says of a file: the verdict, its checks, who signed, what is trusted."""

from pathlib import Path

from mlops_desktop.services.dossiers.verification import Verified
from mlops_desktop.services.rows import DossierRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.dossiers.said import (
    say_checks,
    say_recorded,
    say_signatures,
    say_waiting,
)
from mlops_desktop.ui.pages.ledger.checks import CheckArea, breakable
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.label import Label

_SIGNATURES_AT, _WAITING_AT, _CHECKS_AT = 4, 6, 8


class VerdictPanel(CheckArea):
    """Stands beside the pages."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._meaning = Label(strong=True, wrap=True, selectable=True)
        self._failure = Label(tone="bad", wrap=True, selectable=True)
        self._recorded = Label(tone="muted", wrap=True)
        self._signed = Label(tone="muted", size="small", strong=True)
        self._waits = Label(tone="muted", size="small", strong=True)
        self._checked = Label(tone="muted", size="small", strong=True)
        self._trusted = Label(tone="muted", wrap=True)
        heads = (self._meaning, self._failure, self._recorded, self._signed, self._waits)
        for part in (*heads, self._checked, self._trusted):
            self.column.addWidget(part)
        self.column.addStretch()
        for at in (_SIGNATURES_AT, _WAITING_AT, _CHECKS_AT):
            self.show_lines((), at)

    def show_verified(
        self, verified: Verified, trust: Path | None, row: DossierRow | None = None
    ) -> None:
        """Show what was found; ``trust`` are roots trusted besides this workspace's own.

        Of a dossier on record, ``row``, whose signature is still due is shown too.
        """
        context, say = self._context, self._context.say
        self.setAccessibleName(tr("What the signature says"))
        self._meaning.setText(say(f"dossier.verdict_meaning.{verified.verdict.outcome.value}"))
        self._say_failure(verified)
        self._recorded.setText(self._say_recorded(verified))
        signatures = say_signatures(context, verified)
        self._signed.setText(say(f"dossiers.signature.{'title' if signatures else 'none'}"))
        self.show_lines(signatures, _SIGNATURES_AT)
        waiting = say_waiting(context, row) if row is not None else ()
        self._waits.setText(say("dossiers.places.waiting"))
        self._waits.setVisible(bool(waiting))
        self.show_lines(waiting, _WAITING_AT)
        number = sum(1 for _ in verified.verdict.checks)
        self._checked.setText(context.language.words.count("dossiers.result.title", number))
        self.show_lines(say_checks(context, verified), _CHECKS_AT)
        self._trusted.setText(
            say("dossiers.trust.own")
            if trust is None
            else breakable(say("dossiers.trust.both", file=trust.name))
        )

    def _say_failure(self, verified: Verified) -> None:
        first, words = verified.verdict.first_failure, self._context.language.words
        self._failure.setVisible(first is not None)
        if first is not None:
            said = self._context.say(
                "dossiers.result.first", number=first.number, detail=first.detail(words)
            )
            self._failure.setText(breakable(said))

    def _say_recorded(self, verified: Verified) -> str:
        if say_recorded(self._context, verified) is None:
            return ""
        key = "yes_meaning" if verified.is_recorded else "no_meaning"
        return self._context.say(f"dossiers.recorded.{key}")
