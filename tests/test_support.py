"""The fixtures that watch every test do bite."""

import sys

import pytest

from tests.support import demo
from tests.support.surroundings import ROOT

CASES = """
import logging, threading, time, pytest

def test_thread(): threading.Thread(target=time.sleep, args=(9,), daemon=True, name="left").start()

def test_ended_thread(): threading.Thread(target=time.sleep, args=(0.1,)).start()

def test_log(): logging.getLogger("x").warning("boo")

@pytest.mark.logs("b.o")
def test_expected_log(): logging.getLogger("x").warning("boo")

@pytest.mark.logs("never")
def test_missing_log(): pass

def test_widget(qapp):
    from PySide6.QtWidgets import QLabel
    test_widget.kept = QLabel("x")
    test_widget.kept.show()

def test_closed_widget(qtbot):
    from PySide6.QtWidgets import QLabel
    label = QLabel("x")
    qtbot.addWidget(label)
    label.show()

def test_timer(qapp):
    from PySide6.QtCore import QTimer
    test_timer.kept = QTimer()
    test_timer.kept.start(100000)

def test_home(home):
    from mlops_desktop import paths
    assert paths.home() == home

def test_left_key(request):
    import os
    request.addfinalizer(lambda: os.environ.update(MLOPS_DESKTOP_WORKSPACE_KEY="ab" * 32))

def test_no_key():
    import os
    assert "MLOPS_DESKTOP_WORKSPACE_KEY" not in os.environ

def test_keyring():
    import keyring
    assert type(keyring.get_keyring()).__module__ == "keyring.backends.fail"
"""


def test_what_a_test_leaves_behind_fails_it(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeini("[pytest]\nqt_api = pyside6\nmarkers = logs(pattern): expected")
    pytester.makepyfile(CASES)
    plugins = ("surroundings", "leftovers", "logs")
    chosen = [option for name in plugins for option in ("-p", f"tests.support.{name}")]
    done = pytester.run(sys.executable, "-m", "pytest", "-q", "-rE", *chosen, timeout=60)
    told = done.stdout.str()
    assert done.parseoutcomes() == {"passed": 12, "errors": 6}, told
    for expected in (
        "threads left behind: left",
        "unexpected in the log: WARNING x: boo",
        "expected in the log, never written: never",
        "Qt objects left behind: QLabel",
        "Qt objects left behind: QTimer",
        "variables left changed: MLOPS_DESKTOP_WORKSPACE_KEY",
    ):
        assert expected in told


HELD = """
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from tests.support.screen import held_keys

@pytest.mark.parametrize("key", ["ShiftModifier", "ControlModifier"])
def test_holds(qtbot, key):
    widget = QWidget()
    qtbot.addWidget(widget)
    QTest.keyClick(widget, Qt.Key.Key_C, Qt.KeyboardModifier[key])
    assert held_keys() == Qt.KeyboardModifier[key]

@pytest.mark.parametrize("key", ["ShiftModifier", "ControlModifier"])
def test_holds_then_next(qtbot, key):
    assert held_keys() == Qt.KeyboardModifier.NoModifier
    test_holds(qtbot, key)
"""


def test_no_test_inherits_the_keys_another_held(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeini("[pytest]\nqt_api = pyside6")
    pytester.makepyfile(HELD)
    plugins = ("-p", "tests.support.screen", "-p", "tests.support.leftovers")
    done = pytester.run(sys.executable, "-m", "pytest", "-q", *plugins, timeout=60)
    assert done.parseoutcomes() == {"passed": 4}, done.stdout.str()


BANKS = """
import pytest

@pytest.fixture
def sample_bank(): pass

def test_first(sample_bank): pass

@pytest.mark.timeout(900)
def test_longer(sample_bank): pass

def test_other(): pass
"""


def test_whoever_comes_first_has_the_time_to_build_the_sample_bank(
    pytester: pytest.Pytester,
) -> None:
    items = pytester.getitems(BANKS)
    demo.pytest_collection_modifyitems(items)
    found = [item.get_closest_marker("timeout") for item in items]
    assert [one and one.args[0] for one in found] == [840.0, 900, None]
