"""What the pictures show of working together: a copy, what was held back, an extract.

All happens in copies of the workspace's file and of this profile: those looked at stay as they are.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from mlops_desktop import paths
from mlops_desktop.core.identity import Role
from mlops_desktop.core.work import unheard
from mlops_desktop.services import models
from mlops_desktop.services.copies import Wanted, pull, push, take
from mlops_desktop.services.copies.extracting import Reader, take_extract
from mlops_desktop.services.people import list_people
from mlops_desktop.services.session import Session
from mlops_desktop.services.workspaces import open_workspace
from mlops_desktop.ui.pages.sharing.origin import OriginForm
from mlops_desktop.ui.tour import Sight, Tour, opened
from mlops_desktop.ui.window import Window

_HOME = "MLOPS_DESKTOP_HOME"
_SECRET = "three short words"  # noqa: S105 - of files that are removed at once
_FIELDS = ("methodology", "business_line", "vendor")
_FEWEST = 3


class SharedTour:
    """Shows the page Sharing from every side; no workspace is open before and after."""

    def __init__(self, window: Window, settle: Callable[[], None]) -> None:
        self._window, self._settle = window, settle

    def sights(self, place: str) -> Iterator[Sight]:
        """Yield what a copy of the file at ``place`` shows; nothing of a team's server."""
        if not Path(place).is_file():
            return
        with _elsewhere(Path(place)) as own:
            team = open_workspace(str(own))
            copy = _take_copy(team, own.with_name("copy.mlops"))
            extract = _take_extract(team, own.with_name("extract.mlops"))
            if copy is not None:
                yield from self._page("desk.copy", copy)
                yield from self._asked()
                push(copy, team)
                pull(copy, team)
                yield from self._page("desk.copy.sent", copy)
            yield from self._page("desk.shared", team)
            yield from self._page("desk.extract", extract)
            self._use(None)
            for session in filter(None, (team, copy, extract)):
                session.workspace.close()

    def _page(self, name: str, session: Session) -> Iterator[Sight]:
        self._use(session)
        tour = Tour(self._window, self._settle, is_whole=True)
        for sight in chain(tour.pages(("sharing",)), tour.dialogs(("sharing",))):
            yield Sight(sight.name.replace("sharing", name, 1), sight.widget)

    def _asked(self) -> Iterator[Sight]:
        """Yield what the shared workspace may ask for before a copy is brought back."""
        context, window = self._window.context, self._window
        for wanted in ("password", "key_passphrase"):
            form = OriginForm(context, wanted, window)
            yield from opened(f"desk.copy.asked.{wanted}", form.open, self._settle)

    def _use(self, session: Session | None) -> None:
        name = session.workspace.name if session is not None else ""
        self._window.context.use_session(session, name)
        self._settle()


@contextmanager
def _elsewhere(place: Path) -> Iterator[Path]:
    """Give a copy of a workspace's file, with a profile that is a copy too."""
    before = os.environ.get(_HOME)
    with TemporaryDirectory() as folder:
        own, home = Path(folder) / place.name, Path(folder) / "home"
        shutil.copy(place, own)
        shutil.copytree(paths.home(), home)
        os.environ[_HOME] = str(home)
        try:
            yield own
        finally:
            os.environ.pop(_HOME) if before is None else os.environ.update({_HOME: before})


def _take_copy(team: Session, path: Path) -> Session | None:
    """Take a copy in which two models were changed, one of them in the shared workspace too."""
    rows = models.list_models(team, models.ModelFilter(), limit=_FEWEST)
    if len(rows) < _FEWEST:
        return None
    take(team, Wanted(path, key_passphrase=_SECRET))
    copy = open_workspace(str(path), ask=lambda: _SECRET)
    mine, other, third = (row.key for row in rows)
    _change(copy, mine, like=other)
    _change(copy, other, like=third)
    _change(team, mine, like=third)
    return copy


def _change(session: Session, model: str, like: str) -> None:
    """Give a model the words of another: they are as long as a bank's words are."""
    details = models.show_model(session, like).state.details
    texts = {field: str(getattr(details, field) or "") for field in _FIELDS}
    models.edit_model(session, model, texts)


def _take_extract(team: Session, path: Path) -> Session:
    """Take an extract for an auditor, where one is enrolled."""
    people = (one for one in list_people(team) if Role.AUDITOR in one.roles)
    reader = next((one.id for one in people), team.actor.person)
    take_extract(team, Reader(path, reader, _SECRET, Role.AUDITOR), unheard)
    return open_workspace(str(path), ask=lambda: _SECRET)
