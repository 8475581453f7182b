"""What a person does with sources; the page shows what comes of it."""

from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import State
from mlops_desktop.services.filtering import filter_term
from mlops_desktop.services.models import count_models
from mlops_desktop.services.rows import ModelFilter, SourceRow
from mlops_desktop.services.session import Recorded
from mlops_desktop.services.sources import remove_source
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.sources.columns import SourceLine
from mlops_desktop.ui.pages.sources.detail import SourceDetail
from mlops_desktop.ui.pages.sources.dialogs import SecretForm, confirm_gone, confirm_removal
from mlops_desktop.ui.pages.sources.edit_form import EditForm
from mlops_desktop.ui.pages.sources.form import SourceForm
from mlops_desktop.ui.pages.sources.probing import Tested, test_known
from mlops_desktop.ui.pages.sources.reading import Readings
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.bar import MessageBar


class Place(Protocol):
    """The page, as far as work needs it."""

    rows: dict[str, SourceRow]
    detail: SourceDetail
    readings: Readings
    list: ListPane[SourceLine]
    bar: MessageBar

    def window(self) -> QWidget: ...


class SourceWork:
    """Answers the actions of the page; holds the secrets given for this window alone."""

    def __init__(self, context: Context, page: Place) -> None:
        self._context, self._page = context, page
        self._secrets: dict[str, str] = {}

    def forget(self) -> None:
        """Forget every secret, for another workspace."""
        self._secrets.clear()

    def add(self) -> None:
        """Connect another source."""
        form = SourceForm(self._context, self._page.window())
        form.saved.connect(self.on_added)
        form.open()

    def edit(self) -> None:
        """Reach the chosen source in another way."""
        if (row := self._page.detail.row) is not None:
            held = self._secrets.get(row.name)
            form = EditForm(self._context, row, held, self._page.window())
            form.saved.connect(self._on_edited)
            form.open()

    def sync(self) -> None:
        """Read the chosen source."""
        if (row := self._page.detail.row) is not None:
            self.read(row.name)

    def sync_all(self) -> None:
        """Read every source, side by side."""
        for name in self._page.rows:
            self.read(name)

    def stop(self) -> None:
        """Stop reading the chosen source."""
        if (row := self._page.detail.row) is not None:
            self._page.readings.stop(row.name)

    def test(self) -> None:
        """Test the connection of the chosen source."""
        if (row := self._page.detail.row) is None:
            return
        name = row.name
        self._page.detail.begin_test(name)

        def done(tested: Tested) -> None:
            self._page.detail.keep_test(name, tested)

        def failed(error: AppError) -> None:
            self._page.detail.fail_test(name, error)

        test_known(self._context, name, self._secrets.get(name), done, failed)

    def accept(self) -> None:
        """Believe, after asking, that what was held back is gone."""
        row = self._page.detail.row
        if row is not None and row.result is not None:
            name, number = row.name, row.result.counts.held_back
            confirm_gone(
                self._context,
                name,
                number,
                self._page.window(),
                lambda: self.read(name, accept_shrink=True),
            )

    def give_secret(self) -> None:
        """Ask for another secret of the chosen source."""
        if (row := self._page.detail.row) is not None:
            name = row.name
            form = SecretForm(self._context, name, self._page.window())
            form.unkept.connect(lambda secret: self._hold(name, secret))
            form.open()

    def remove(self) -> None:
        """Stop using the chosen source, after asking."""
        if (row := self._page.detail.row) is not None:
            name = row.name
            confirm_removal(self._context, name, self._page.window(), lambda: self._remove(name))

    def show_candidates(self) -> None:
        """Go to what the chosen source found and nobody has decided yet; any source's if none."""
        row = self._page.detail.row
        self.show_found(row.name if row is not None else "")

    def show_found(self, source: str) -> None:
        """Go to the list of the undecided candidates that ``source`` found, if there are any."""
        session = self._context.session
        sources = (source,) if source else ()
        wanted = ModelFilter(states=(State.CANDIDATE,), sources=sources, as_of=self._context.as_of)

        def ask(progress: Progress) -> int:
            return count_models(session, wanted)

        def go(number: int) -> None:
            if number:
                self._context.show_list("models", _filter(source))
            else:
                self._context.toast(tr("No candidate waits for a decision."))

        self._context.jobs.submit_read(
            tr("Counting the models"), ask, go, self._page.bar.show_error, key="sources:candidates"
        )

    def is_open(self) -> bool:
        """Whether a workspace is open."""
        return self._context.is_open

    def has_any(self) -> bool:
        """Whether there is a source."""
        return bool(self._page.rows)

    def has_chosen(self) -> bool:
        """Whether a source is chosen."""
        return self._page.detail.row is not None

    def can_read(self) -> bool:
        """Whether a source is chosen that is not being read."""
        row = self._page.detail.row
        return row is not None and not self._page.readings.is_reading(row.name)

    def is_reading(self) -> bool:
        """Whether the chosen source is being read."""
        return self.has_chosen() and not self.can_read()

    def is_held_back(self) -> bool:
        """Whether the last reading of the chosen source waits for a confirmation."""
        row = self._page.detail.row
        is_held = row is not None and row.result is not None and row.result.counts.held_back > 0
        return is_held and self.can_read()

    def read(self, name: str, *, accept_shrink: bool = False) -> None:
        """Read a source with the secret given for this window, if one was."""
        self._page.bar.clear()
        self._page.readings.start(name, self._secrets.get(name), accept_shrink=accept_shrink)

    def _remove(self, name: str) -> None:
        session = self._context.session

        def write(progress: Progress) -> Recorded:
            return remove_source(session, name)

        def done(recorded: Recorded) -> None:
            self._secrets.pop(name, None)
            self._context.toast(tr("{source} is removed.", source=name))

        self._context.jobs.submit_write(
            tr("Removing {source}", source=name), write, done, self._page.bar.show_error
        )

    def _hold(self, name: str, secret: str) -> None:
        """Use a secret that no keyring keeps until the window closes; an empty one is kept."""
        self._secrets.pop(name, None)
        if secret:
            self._secrets[name] = secret
            self._page.bar.stand(partial(self._tell_held, name))

    def _tell_held(self, name: str) -> None:
        what = tr("The secret of {source} is used until this window closes.", source=name)
        self._page.bar.say("warn", what, tr("This computer has no keyring that could keep it."))

    def _on_edited(self, name: str, unkept: str) -> None:
        self._hold(name, unkept)
        self._context.toast(tr("The connection of {source} is changed.", source=name))

    def on_added(self, name: str, unkept: str) -> None:
        """Stand on a source that was connected."""
        self._hold(name, unkept)
        self._page.list.show_record(name)
        self._context.toast(tr("{source} is connected.", source=name))


def _filter(source: str) -> str:
    state = filter_term("state", State.CANDIDATE.value)
    return f"{state} {filter_term('source', source)}" if source else state
