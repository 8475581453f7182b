"""Into a real workspace and out again, as the program does it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.ui import sample
from mlops_desktop.ui.app import catch_crashes, close_session, make_window
from mlops_desktop.ui.prefs import Prefs
from mlops_desktop.ui.ways import ServiceWays
from mlops_desktop.ui.ways_forms import NewForm
from mlops_desktop.ui.window import Window
from tests.services.steps import register
from tests.support.bank import Bank
from tests.support.surroundings import ROOT
from tests.ui.conftest import said


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.setenv(VARIABLE, "ab" * 32)
    made = make_window(qapp, Prefs(theme="light", language="en"), ServiceWays())
    made.closed.connect(lambda: close_session(made))
    made.show()
    made.activateWindow()
    yield made
    made.close()
    made.deleteLater()


def fill(form: NewForm, place: Path) -> None:
    values = {
        "Name of the institution": "Elbmark Bank AG",
        "File": str(place),
        "Your name": "Katrin Feddersen",
        "Passphrase of your key": "tidal flat lantern 7",
        "Passphrase again": "tidal flat lantern 7",
    }
    for line in form.findChildren(QLineEdit):
        if line.accessibleName() in values:
            line.setText(values[line.accessibleName()])


def make_workspace(window: Window, place: Path, qtbot: QtBot) -> None:
    window.context.actions.run("workspace.new")
    form = next(w for w in QApplication.topLevelWidgets() if isinstance(w, NewForm))
    fill(form, place)
    QTest.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.context.is_open, timeout=30000)


def test_a_new_workspace_is_made_closed_and_opened_again(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "bank.mlops"
    make_workspace(window, place, qtbot)
    assert window.windowTitle() == "Elbmark Bank AG – MLOps Desktop"
    window.context.actions.run("workspace.close")
    assert not window.context.is_open
    qtbot.waitUntil(window.context.jobs.is_idle)
    assert str(place) in {b.text() for b in window.stage.findChildren(type(window._menu))}
    ServiceWays().open_target(window.context, str(place))
    qtbot.waitUntil(lambda: window.context.is_open, timeout=30000)
    assert window.context.session.actor.person


def test_an_incomplete_form_makes_nothing(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    window.context.actions.run("workspace.new")
    form = next(w for w in QApplication.topLevelWidgets() if isinstance(w, NewForm))
    fill(form, tmp_path / "bank.mlops")
    again = next(
        x for x in form.findChildren(QLineEdit) if x.accessibleName() == "Passphrase again"
    )
    again.setText("another")
    QTest.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    assert "The two passphrases differ." in said(form)
    assert window.context.jobs.is_lane_idle("write")
    form.reject()


def test_a_refusal_is_explained_in_the_form(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    window.context.actions.run("workspace.new")
    form = next(w for w in QApplication.topLevelWidgets() if isinstance(w, NewForm))
    fill(form, tmp_path / "no" / "such" / "folder" / "bank.mlops")
    QTest.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "There is no folder" in said(form))
    assert form.verb.isEnabled()
    form.reject()


def test_what_cannot_be_opened_is_explained_above_the_page(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam", "utf-8")
    ServiceWays().open_target(window.context, str(tmp_path / "letter.txt"))
    qtbot.waitUntil(window.stage.bar.isVisible)
    assert not window.context.is_open


def test_the_status_bar_begins_in_the_size_of_text_that_was_chosen(qapp: QApplication) -> None:
    window = make_window(qapp, Prefs(theme="light", text_percent=200), ServiceWays())
    window.show()
    QApplication.processEvents()
    bar = window.statusBar()
    assert bar.font().pointSizeF() == qapp.font().pointSizeF()
    window.context.theme.use_text(100)
    QApplication.processEvents()
    assert bar.font().pointSizeF() == qapp.font().pointSizeF()
    window.close()
    close_session(window)
    window.deleteLater()


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    """Each of these costs more than the whole window."""
    script = (
        "import sys\n"
        "from mlops_desktop.ui import app, prefs, ways\n"
        "made = app.make_application(['x'])\n"
        "window = app.make_window(made, prefs.Prefs(), ways.ServiceWays())\n"
        "window.show()\n"
        "made.processEvents()\n"
        "heavy = {'sqlalchemy', 'matplotlib', 'pandas', 'numpy', 'reportlab', 'pyhanko',"
        " 'cryptography', 'pypdfium2', 'asyncio', 'httpx2'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "window.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_what_the_first_list_does_not_need_is_imported_after_it(file_bank: Bank) -> None:
    register(file_bank)
    Prefs(page="models").save()
    script = (
        "import os, sys\n"
        "from mlops_desktop.ui import warming\n"
        "from tests.benchmarks import _starting\n"
        "warming.warm_up = lambda progress: None\n"
        "def tell():\n"
        "    late = {'numpy', 'jsonschema', 'matplotlib', 'pandas'}\n"
        "    print(sorted(late & set(sys.modules)), flush=True)\n"
        "    os._exit(0)\n"
        "_starting._tell = tell\n"
        "_starting._start(sys.argv[1])\n"
    )
    command = [sys.executable, "-c", script, file_bank.session.workspace.place]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_what_was_imported_at_the_start_is_not_searched_for_cycles(home: Path) -> None:
    script = (
        "import gc\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from mlops_desktop.ui import app\n"
        "def look():\n"
        "    if gc.get_freeze_count() > 100_000:\n"
        "        print('settled', flush=True)\n"
        "        QApplication.topLevelWidgets()[0].window().close()\n"
        "timer = QTimer(interval=50)\n"
        "timer.timeout.connect(look)\n"
        "make = app.make_application\n"
        "app.make_application = lambda given: (made := make(['x']), timer.start())[0]\n"
        "raise SystemExit(app.run())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout.splitlines()[:1]) == (0, ["settled"]), done.stderr


def test_the_hook_for_mistakes_can_be_set(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    assert catch_crashes(window) is sys.excepthook


def test_a_sample_bank_that_cannot_be_built_says_why(
    window: Window, home: Path, qtbot: QtBot
) -> None:
    taken = home / "sample-bank"
    taken.mkdir(parents=True)
    (taken / "letter.txt").write_text("mine", "utf-8")
    window.context.actions.run("workspace.demo")
    qtbot.waitUntil(window.stage.bar.isVisible, timeout=30000)
    assert "The sample bank could not be built." in said(window.stage.bar)
    assert (taken / "letter.txt").read_text("utf-8") == "mine"


def test_a_building_that_is_stopped_says_how_far_it_was_and_leaves_nothing(
    window: Window, home: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    builder = (
        "import os, pathlib, sys, time\n"
        "folder = pathlib.Path(sys.argv[-1])\n"
        "folder.mkdir()\n"
        "(folder / 'workspace-key.txt').write_text('00')\n"
        "told = pathlib.Path(os.environ['MLOPS_DESKTOP_PROGRESS_FILE'])\n"
        "told.write_text('demo.living\\t7\\t20\\n')\n"
        "time.sleep(60)\n"
    )
    monkeypatch.setattr(sample, "command", lambda *given: [sys.executable, "-c", builder, *given])
    window.context.actions.run("workspace.demo")
    qtbot.waitUntil(lambda: "Writing the bank's history" in said(window.stage), timeout=20000)
    cancel = next(
        one for one in window.stage.findChildren(QAbstractButton) if one.text() == "Cancel"
    )
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.context.jobs.is_idle, timeout=20000)
    assert not (home / "sample-bank").exists()
    assert not cancel.isVisible()
