"""The page: a campaign above, coverage by tier, and what is open, mine, and changed below."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QTabWidget, QVBoxLayout, QWidget

from mlops_desktop.core.attestations import Stage
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.attestations.running import close_campaign
from mlops_desktop.services.attestations.showing import AskedRow, CampaignRow, CampaignSheet
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.actions import Deed, bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import LowPage
from mlops_desktop.ui.pages.attestations import forms
from mlops_desktop.ui.pages.attestations.answering import MyAnswers
from mlops_desktop.ui.pages.attestations.bars import CoverageBars
from mlops_desktop.ui.pages.attestations.columns import change_columns, open_columns, say_both
from mlops_desktop.ui.pages.attestations.offers import OFFERS
from mlops_desktop.ui.pages.attestations.reading import (
    ChangeRow,
    Shown,
    read_changes,
    read_page,
)
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.room import Head
from mlops_desktop.ui.widgets.short_table import ShortTable
from mlops_desktop.ui.widgets.yielding import YieldingLabel

_TABS = ("open", "mine", "changes")
_BUTTONS = ("campaign.remind", "campaign.extend", "campaign.withdraw", "campaign.close")
_CUT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_LEAST_CHARACTERS = 24
_LEAST_LINES = 5


class AttestationsPage(LowPage):
    """How far the owners have attested the inventory."""

    watches = frozenset({"campaign", "model", "person"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown = Shown(())
        self._wanted = ""
        self.bar = MessageBar(context)
        self.choice = QComboBox()
        self.choice.setSizeAdjustPolicy(_CUT)
        self.choice.setMinimumContentsLength(_LEAST_CHARACTERS)
        self.state, self.statement = Label(tone="muted", wrap=True), Label(wrap=True)
        self.bars = CoverageBars(context)
        self.open = ShortTable(context, "campaign_open", "attestations.tab.open", open_columns)
        self.mine = MyAnswers(context, self.reload)
        self.changes = ShortTable(
            context, "campaign_changes", "attestations.tab.changes", change_columns
        )
        self.whole = YieldingLabel(tone="muted", selectable=True)
        for table in (self.open, self.changes):
            table.stand_alone()
        self.open.least_lines = self.changes.least_lines = _LEAST_LINES
        self.tabs = QTabWidget()
        context.actions.add(*bind("attestations", OFFERS, self._deeds()))
        self._lay_out()
        self.retranslate()
        self.choice.currentIndexChanged.connect(self._on_choice)
        self.tabs.currentChanged.connect(self._on_tab)
        self.open.opened.connect(self._go_to_model)
        self.changes.opened.connect(self._go_to_change)
        self.changes.current_changed.connect(self._say_whole)

    def heading(self) -> str:
        """Say how many campaigns run."""
        rows = self._shown.rows
        running = sum(row.stage is Stage.OPEN for row in rows)
        return self.context.say("attestations.running", running=running, campaigns=len(rows))

    def reload(self) -> None:
        """Ask for the campaigns and the one chosen."""
        if not self.context.is_open:
            return
        session, as_of, wanted = self.context.session, self.context.as_of, self._wanted

        def ask(progress: Progress) -> Shown:
            return read_page(session, wanted, as_of)

        name = self.context.say("attestations.job.read")
        self.context.jobs.submit_read(name, ask, self._tell, self._fail, key="attestations")

    def retranslate(self) -> None:
        """Say every word again."""
        self.choice.setAccessibleName(self.context.say("attestations.title.campaign"))
        self.mine.retranslate()
        self._tell(self._shown)

    def show_record(self, id: str) -> None:
        """Choose the campaign ``id``."""
        self._wanted = id
        self.reload()

    def first_focus(self) -> QWidget | None:
        """Begin at the choice of a campaign."""
        return self.choice

    def _deeds(self) -> dict[str, Deed]:
        return {
            "campaign.open": (self._open, lambda: self.context.is_open),
            "campaign.extend": (self._about(forms.ask_extension), self._is_running),
            "campaign.withdraw": (self._about(forms.ask_withdrawal), self._is_running),
            "campaign.close": (self._close, self._is_closable),
            "campaign.remind": (self._about(forms.ask_reminders), self._is_running),
        }

    def _sheet(self) -> CampaignSheet | None:
        return self._shown.sheet

    def _is_running(self) -> bool:
        sheet = self._sheet()
        return self.context.is_open and sheet is not None and sheet.row.stage is Stage.OPEN

    def _is_closable(self) -> bool:
        sheet = self._sheet()
        return self._is_running() and sheet is not None and not sheet.unmet

    def _open(self) -> None:
        forms.ask_opening(self.context, self.window(), self._go_to_newest)

    def _go_to_newest(self, _: str) -> None:
        self.show_record("")

    def _about(self, ask: Callable[[Context, CampaignRow, QWidget], object]) -> Callable[[], None]:
        def run() -> None:
            if (sheet := self._sheet()) is not None:
                ask(self.context, sheet.row, self.window())

        return run

    def _close(self) -> None:
        sheet, session = self._sheet(), self.context.session
        if sheet is None:
            return
        id = sheet.row.id

        def write(progress: Progress) -> Recorded:
            return close_campaign(session, id)

        def done(recorded: Recorded) -> None:
            self.context.toast(self.context.say("attestations.done.close"))

        name = self.context.say("attestations.action.close")
        self.context.jobs.submit_write(name, write, done, self._fail)

    def _lay_out(self) -> None:
        top = Flow()
        top.add_wide(self.choice)
        top.go_right()
        for id in _BUTTONS:
            top.addWidget(ActionButton(self.context.actions.action(id)))
        opening = self.context.actions.action("campaign.open")
        top.addWidget(ActionButton(opening, icon="add", default=True))
        changed = QWidget()
        lines = QVBoxLayout(changed)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.changes, 1)
        lines.addWidget(self.whole)
        for name, widget in zip(_TABS, (self.open, self.mine, changed), strict=True):
            self.tabs.addTab(widget, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.bar)
        told = QWidget()
        standing = QVBoxLayout(told)
        standing.setContentsMargins(0, 0, 0, 0)
        standing.setSpacing(8)
        standing.addLayout(top)
        for widget in (self.state, self.statement, self.bars):
            standing.addWidget(widget)
        column.addWidget(Head(told))
        column.addWidget(self.tabs, 1)
        column.addStretch()

    def _tell(self, shown: Shown) -> None:
        self._shown = shown
        self._fill_choice(shown)
        sheet = shown.sheet
        self.bars.setVisible(sheet is not None)
        self.tabs.setVisible(sheet is not None)
        self.statement.setVisible(sheet is not None)
        self.state.setText(self._say_state(sheet))
        if sheet is not None:
            self._wanted = sheet.row.id
            self.statement.setText(sheet.row.opened.statement.text or "")
            self.bars.show_coverage(sheet.coverage)
            self.open.set_rows(sheet.open)
            self.mine.show_rows(sheet.row.id, shown.mine)
        self._say_tabs(sheet)
        self._on_tab(self.tabs.currentIndex())
        self.context.actions.refresh()
        self.heading_changed.emit()

    def _say_tabs(self, sheet: CampaignSheet | None) -> None:
        number = self.context.language.number
        counts = (len(sheet.open) if sheet else 0, len(self._shown.mine), None)
        for at, (name, count) in enumerate(zip(_TABS, counts, strict=True)):
            title = self.context.say(f"attestations.tab.{name}")
            self.tabs.setTabText(at, title if count is None else f"{title} ({number(count)})")

    def _say_state(self, sheet: CampaignSheet | None) -> str:
        say, language = self.context.say, self.context.language
        if sheet is None:
            return say("attestations.empty")
        row, number = sheet.row, language.number
        parts = [
            say(f"attestations.stage.{row.stage}"),
            say("attestations.due", day=language.date(row.due)),
            say("attestations.asked", n=number(len(sheet.asked)), answered=number(sheet.answered)),
        ]
        if sheet.left:
            parts.append(say("attestations.left", n=number(len(sheet.left))))
        if row.opened.scope is not None and row.opened.scope.text:
            parts.append(say("attestations.scope", scope=row.opened.scope.text))
        if row.end is not None and row.end.said is not None:
            parts.append(row.end.said.text or "")
        return " · ".join(parts)

    def _fill_choice(self, shown: Shown) -> None:
        self.choice.blockSignals(True)
        self.choice.clear()
        for row in shown.rows:
            stage = self.context.say(f"attestations.stage.{row.stage}")
            self.choice.addItem(f"{row.id} {row.title} – {stage}", row.id)
        if shown.sheet is not None:
            self.choice.setCurrentIndex(self.choice.findData(shown.sheet.row.id))
        self.choice.blockSignals(False)

    def _on_choice(self, _: int) -> None:
        self._wanted = str(self.choice.currentData() or "")
        self.bar.clear()
        self.reload()

    def _on_tab(self, at: int) -> None:
        sheet = self._sheet()
        if at != _TABS.index("changes") or sheet is None or not self.context.is_open:
            return
        session, as_of, id = self.context.session, self.context.as_of, sheet.row.id

        def ask(progress: Progress) -> tuple[ChangeRow, ...]:
            return read_changes(session, id, as_of)

        name = self.context.say("attestations.job.changes")
        self.context.jobs.submit_read(
            name, ask, self._show_changes, self._fail, key="attestations:changes"
        )

    def _show_changes(self, rows: tuple[ChangeRow, ...]) -> None:
        """Show what changed, and say the values stood on in the words of now."""
        self.changes.set_rows(rows)
        stood_on = self.changes.current_id()
        self._say_whole(next((row for row in rows if row.id == stood_on), None))

    def _say_whole(self, row: ChangeRow | None) -> None:
        """Say both values whole: no column has room for a text of several sentences."""
        self.whole.setText(say_both(self.context, row) if row is not None else "")

    def _go_to_model(self, row: AskedRow) -> None:
        self.context.show_page("models", row.id)

    def _go_to_change(self, row: ChangeRow) -> None:
        self.context.show_page("models", row.model)

    def _fail(self, error: AppError) -> None:
        self.bar.show_error(error)
