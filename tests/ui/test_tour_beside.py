"""What the pictures show beside the pages: every form of the doors, and working together."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop import paths
from mlops_desktop.services import models
from mlops_desktop.ui.pages.sharing import PAGE
from mlops_desktop.ui.tour_doors import DoorTour
from mlops_desktop.ui.tour_shared import SharedTour
from mlops_desktop.ui.window import Window
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow, is_at_rest
from tests.ui.texts import texts_of

_NAMES = ("PD Mittelstand", "LGD Baufinanzierung", "Kartenbetrug")


@pytest.fixture
def window(make_window: MakeWindow) -> Window:
    return make_window(pages=(PAGE,))


@pytest.fixture
def settle(window: Window, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: is_at_rest(window))


def digest(folder: Path) -> dict[str, str]:
    files = (one for one in sorted(folder.rglob("*")) if one.is_file())
    return {str(one): sha256(one.read_bytes()).hexdigest() for one in files}


def test_the_doors_are_shown_and_lead_out(
    file_bank: Bank, window: Window, settle: Callable[[], None]
) -> None:
    window.context.use_session(file_bank.session, "Elbmark Bank AG")
    settle()
    tour = DoorTour(window, settle)
    locked = [sight.name for sight in tour.locked()]
    assert locked == ["desk.locked", "desk.locked.form", "desk.locked.refused"]
    assert not window.context.is_open
    names = [sight.name for sight in tour.before(file_bank.place)]
    assert {"desk.unlock", "desk.join", "desk.join.fingerprint", "desk.new.recovery"} < set(names)
    ways = {name for name in names if name.startswith("desk.join.accept")}
    assert ways == {f"desk.join.accept{one}" for one in ("", ".file", ".token", ".refused")}


def test_working_together_is_shown_and_nothing_looked_at_is_changed(
    file_bank: Bank, window: Window, settle: Callable[[], None]
) -> None:
    for name in _NAMES:
        texts = {"name": name, "methodology": f"Verfahren {name}"}
        models.register_model(file_bank.session, texts)
    file_bank.session.workspace.close()
    before = digest(paths.home()), digest(Path(file_bank.place).parent)
    told = {
        sight.name: " ".join(text for _, text in texts_of(sight.widget))
        for sight in SharedTour(window, settle).sights(file_bank.place)
    }
    assert (digest(paths.home()), digest(Path(file_bank.place).parent)) == before
    assert "not yet shared" in told["desk.copy"]
    assert "changed meanwhile" in told["desk.copy.sent"]
    assert "changed meanwhile" in told["desk.shared"]
    assert "extract" in told["desk.extract"]
    forms = {"desk.shared.dialog.sharing.keep", "desk.shared.dialog.sharing.again"}
    assert forms | {"desk.copy.asked.password"} < set(told)
    assert not window.context.is_open
