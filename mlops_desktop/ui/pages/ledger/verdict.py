"""What a verification found: twelve numbered checks, and the first event that is wrong."""

from PySide6.QtWidgets import QWidget

from mlops_desktop.services.ledger import LedgerVerdict
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.ledger.checks import CheckArea
from mlops_desktop.ui.pages.ledger.said import say_broken, say_checks
from mlops_desktop.ui.pages.ledger.watch import Standing
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.label import Label


class VerdictPane(DetailPane):
    """Shows the last verification of this window."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent=parent)
        self.checks = CheckArea()
        self._way = ActionButton(context.actions.action("ledger.show_event"), icon="ledger")
        self._root = Label(tone="muted", size="small", wrap=True, selectable=True)
        self.checks.column.addWidget(self._way)
        self.checks.column.addWidget(self._root)
        self.checks.column.addStretch()
        self.add_tab(later("Checks"), self.checks, scrolls=False)
        self._standing = Standing()
        context.language_changed.connect(self._say_again)
        self.hide()

    def show_standing(self, standing: Standing) -> None:
        """Show the verdict of ``standing``; needs one."""
        self._standing = standing
        verdict = standing.verdict
        if verdict is None:
            self.hide()
            return
        say, language = self._context.say, self._context.language
        key = "sound" if verdict.is_ok else "broken"
        under = say(
            "ledger.verdict.under",
            time=language.time(standing.verified_at),
            size=language.number(verdict.size),
        )
        self.set_head(say(f"ledger.verdict.{key}"), under, (self._status(verdict),))
        self._say_failure(verdict)
        self.checks.setAccessibleName(tr("Checks"))
        self.checks.show_lines(say_checks(self._context, verdict), 1)
        self._way.setVisible(self.bad_position() is not None)
        # In groups, because a label breaks no word and the root would widen the whole pane.
        groups = (verdict.root[at : at + 16] for at in range(0, len(verdict.root), 16))
        self._root.setText(say("ledger.verdict.root", root=" ".join(groups)))

    def bad_position(self) -> int | None:
        """Return the position of the first bad event, None where no single one is."""
        verdict = self._standing.verdict
        first = verdict.first_failure if verdict is not None else None
        finding = first.finding if first is not None else None
        return finding.position if finding is not None and finding.position >= 0 else None

    def _status(self, verdict: LedgerVerdict) -> Status:
        passed = sum(check.is_ok for check in verdict.checks)
        said = self._context.say("ledger.verdict.passed", passed=passed, number=len(verdict.checks))
        return Status("good" if verdict.is_ok else "bad", said)

    def _say_failure(self, verdict: LedgerVerdict) -> None:
        first = verdict.first_failure
        if first is None or first.finding is None:
            return
        what, meaning, remedy = self._context.explain(first.finding.error)
        rest = "\n".join(part for part in (what, meaning, remedy) if part)
        self.bar.say("bad", say_broken(self._context, verdict), rest)

    def _say_again(self) -> None:
        if not self.isHidden():
            self.show_standing(self._standing)
