"""The chosen source: its state, its last reading, a test, its connection."""

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.rows import SourceRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job
from mlops_desktop.ui.pages.sources.probing import Tested, test_groups
from mlops_desktop.ui.pages.sources.said import say_kind, say_state
from mlops_desktop.ui.pages.sources.tabs import ReadingTab, connection_groups
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.sections import Group, Sections

_READING_TAB, _TEST_TAB = 0, 1
_MORE = ("source.candidates", "source.accept", "source.edit", "source.secret", "", "source.remove")


class SourceDetail(DetailPane):
    """Shows one source; keeps what tests and readings of this window found."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, ("source.sync", "source.test"), default="source.sync", more=_MORE)
        self.row: SourceRow | None = None
        self._job: Job | None = None
        self._tests: dict[str, Tested] = {}
        self._testing: set[str] = set()
        self._refusals: dict[str, tuple[str, ...]] = {}
        self.reading = ReadingTab(context)
        self.test = Sections(context, later("Test"))
        self.connection = Sections(context, later("Connection"))
        self.add_tab(later("Last reading"), self.reading)
        self.add_tab(later("Test"), self.test)
        self.add_tab(later("Connection"), self.connection)
        self._buttons = {found.objectName(): found for found in self.findChildren(ActionButton)}
        context.speaking.enlist(self, self._say_again)
        self.hide()

    def show_row(self, row: SourceRow, job: Job | None) -> None:
        """Show a source and the job that reads it, if one does."""
        self.row, self._job = row, job
        self._say()

    def show_job(self, job: Job | None) -> None:
        """Show how far the reading of this source is."""
        changed = (job is None) != (self._job is None)
        self._job = job
        self.reading.running.show_job(job)
        if changed and job is not None:
            self.tabs.setCurrentIndex(_READING_TAB)
        if changed and not self.isHidden():
            self._say_head()

    def forget(self) -> None:
        """Show no source, and forget what was found for another workspace."""
        self.row = self._job = None
        for kept in (self._tests, self._refusals):
            kept.clear()
        self._testing.clear()
        self.hide()

    def keep_refusals(self, name: str, refusals: tuple[str, ...]) -> None:
        """Keep the names that the ledger refused, until the source is read again."""
        self._refusals[name] = refusals
        self._say_if(name)

    def begin_test(self, name: str) -> None:
        """Show that a test runs."""
        self._testing.add(name)
        self._say_if(name)
        self.tabs.setCurrentIndex(_TEST_TAB)

    def keep_test(self, name: str, tested: Tested) -> None:
        """Show what a test found."""
        self._testing.discard(name)
        self._tests[name] = tested
        self._say_if(name)

    def fail_test(self, name: str, error: AppError) -> None:
        """Say that a connection cannot even be tried."""
        self._testing.discard(name)
        self._say_if(name)
        if self.row is not None and self.row.name == name:
            self.bar.show_error(error)

    def _say_if(self, name: str) -> None:
        if self.row is not None and self.row.name == name and not self.isHidden():
            self._say()

    def _say_again(self) -> None:
        if not self.isHidden():
            self._say()

    def _say(self) -> None:
        row, context = self.row, self._context
        if row is None:
            return
        self._say_head()
        self.reading.running.show_job(self._job)
        self.reading.show_source(row, self._refusals.get(row.name, ()))
        self.test.setAccessibleName(tr("Test"))
        self.test.show_groups(self._test_groups(row.name))
        self.connection.setAccessibleName(tr("Connection"))
        self.connection.show_groups(connection_groups(context, row))

    def _say_head(self) -> None:
        row, context = self.row, self._context
        if row is not None:
            under = context.say(
                "sources.detail.under", kind=say_kind(context, row.kind), url=row.url
            )
            status = say_state(context, row, is_reading=self._job is not None)
            self.set_head(row.name, under, (status,))
            self._buttons["source.sync"].setVisible(self._job is None)

    def _test_groups(self, name: str) -> tuple[Group, ...]:
        if name in self._testing:
            return (Group("", lead=self._context.say("sources.test.running")),)
        tested = self._tests.get(name)
        if tested is None:
            return (Group("", lead=self._context.say("sources.test.none")),)
        return test_groups(self._context, tested)
