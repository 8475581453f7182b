"""The chosen request: what is asked, the rule, who decided what, and what it covers."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.core.standing import Status as RequestStatus
from mlops_desktop.services.reviews import RequestLine, RequestSheet, show_sheet
from mlops_desktop.services.rows import RequestRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.approvals import tabs
from mlops_desktop.ui.pages.approvals.said import say_environment, say_field, status_chip
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.sections import Sections

_DECISIONS = ("approval.approve", "approval.condition", "approval.reject")
_ENDINGS = ("approval.revoke", "approval.withdraw")
_DECLARED = ("approval.recuse", "approval.confirm", "approval.meet")
_MORE = ("approval.abstain", "", *_DECLARED, "", *_ENDINGS, "", "approval.open_model")


class RequestDetail(DetailPane):
    """Reads the request in the read lane and says beforehand what a rule would refuse."""

    loaded = Signal()
    """Another request, or the same one anew, is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context, (*_DECISIONS, "approval.revoke"), default="approval.approve", more=_MORE
        )
        self._wanted = ""
        self.sheet: RequestSheet | None = None
        self._request = Sections(context, later("Request"))
        self._decisions = Sections(context, later("Decisions"))
        self._covered = Sections(context, later("What it covers"))
        self.add_tab(later("Request"), self._request)
        self.add_tab(later("Decisions"), self._decisions)
        self.add_tab(later("What it covers"), self._covered)
        self._buttons = {found.objectName(): found for found in self.findChildren(ActionButton)}
        self._show_buttons(RequestStatus.OPEN)
        context.speaking.enlist(self, self._say_again)

    def wanted_id(self) -> str:
        """Return the request that is shown or being read."""
        return self._wanted

    def show_line(self, line: RequestLine) -> None:
        """Show the request of a line: its head at once, the rest as soon as it is read."""
        if line.id != self._wanted:
            self.tabs.wait()
            self._say_head(line, line.id, on_paper=line.on_paper, is_waiting=line.is_waiting)
        self.read(line.id)

    def read(self, named: str) -> None:
        """Read the request ``named`` for the day shown."""
        self._wanted = named
        session, as_of = self._context.session, self._context.as_of

        def ask(progress: Progress) -> RequestSheet:
            return show_sheet(session, named, as_of)

        self._context.jobs.submit_read(
            tr("Reading the request"), ask, self._show, self._fail, key="approvals:detail"
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that nothing is chosen any more when a person puts the detail away."""
        super().hideEvent(event)
        if self.isHidden():
            self.loaded.emit()

    def forget(self) -> None:
        """Show no request."""
        self._wanted, self.sheet = "", None
        self.hide()

    def _show(self, sheet: RequestSheet) -> None:
        self.sheet, self._wanted = sheet, sheet.row.id
        self.tabs.wait(is_over=True)
        self.tabs.show()
        self._say_sheet(sheet)
        self.loaded.emit()

    def _fail(self, error: AppError) -> None:
        self.sheet = None
        self.tabs.hide()
        self.set_head(self._wanted)
        self.bar.show_error(error)
        self.loaded.emit()

    def _say_head(
        self, row: RequestLine | RequestRow, id: str, *, on_paper: bool, is_waiting: bool
    ) -> None:
        under = id
        if row.label:
            where = say_environment(self._context, row.environment)
            under = tr("{id} · version {version} · {environment}", id=id, version=row.label,
                       environment=where)  # fmt: skip
        chip = status_chip(self._context, row.status, is_waiting=is_waiting, on_paper=on_paper)
        self.set_head(row.model_name, under, (chip,))
        self._show_buttons(row.status)

    def _show_buttons(self, status: RequestStatus) -> None:
        for id, button in self._buttons.items():
            fits = status is RequestStatus.OPEN if id in _DECISIONS else status in GRANTED
            button.setVisible(fits)

    def _say_sheet(self, sheet: RequestSheet) -> None:
        row = sheet.row
        is_open = row.status is RequestStatus.OPEN and self._context.day is None
        waits = is_open and sheet.refusal is None
        self._say_head(row, row.id, on_paper=row.paper is not None, is_waiting=waits)
        self._request.setAccessibleName(tr("Request"))
        self._decisions.setAccessibleName(tr("Decisions"))
        self._covered.setAccessibleName(tr("What it covers"))
        self._request.show_groups(tabs.request_groups(self._context, sheet))
        self._decisions.show_groups(tabs.decision_groups(self._context, sheet))
        self._covered.show_groups(tabs.covered_groups(self._context, sheet))
        self._say_state(sheet)

    def _say_state(self, sheet: RequestSheet) -> None:
        context = self._context
        if sheet.row.status is RequestStatus.VOIDED:
            names = ", ".join(say_field(context, name) for name in sheet.row.changed)
            what = tr("A covered field was changed, so this no longer holds.")
            self.bar.say("bad", what, tr("Changed since: {fields}.", fields=names))
        elif sheet.row.status is RequestStatus.OPEN and context.day is None and sheet.refusal:
            advice = context.say(f"approvals.advice.{sheet.refusal}")
            self.bar.say("info", refusal_text(context, sheet.refusal), advice)

    def _say_again(self) -> None:
        if self.sheet is not None and not self.isHidden():
            self._say_sheet(self.sheet)


def refusal_text(context: Context, rule: str) -> str:
    """Return the rule that keeps the acting person from deciding, in words."""
    said = context.say(f"approvals.refusal.{rule}")
    return tr("You cannot decide this: {rule}", rule=said)
