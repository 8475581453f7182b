"""The file goes from under an open window: every way to it refuses, and nothing stays green."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.services import models
from mlops_desktop.ui.pages.ledger import PAGE
from mlops_desktop.ui.pages.models import PAGE as MODELS
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk, is_open, texts, toast, type_in
from tests.ui.pages.ledger.acts import bar_of, page_of, status, verify

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="an open file can be neither removed nor replaced there"
)


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """A window on a bank with one model and a verified ledger."""
    register(file_bank)
    desk = Desk(make_window(pages=(MODELS, PAGE)), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.settle()
    verify(desk)
    assert is_green(desk)
    return desk


def is_green(desk: Desk) -> bool:
    return bar_of(desk.window)._shape.mood == "good"


def away(desk: Desk) -> Path:
    """Let the file be renamed by somebody else."""
    place = Path(desk.bank.place)
    return place.rename(place.with_name("away.mrm"))


def says_it(desk: Desk) -> bool:
    return status(desk.window) == f"The workspace’s file no longer lies at {desk.bank.place}."


def test_a_step_is_refused_and_no_verification_of_before_stands(desk: Desk) -> None:
    file = away(desk)
    desk.models()
    dialog = desk.do("model.register")
    type_in(dialog, "Name", "Verschwundenes Modell")
    desk.send(dialog)
    assert is_open(dialog)
    assert "Put the file back under its name" in texts(dialog)
    assert "Verschwundenes Modell" not in toast(desk)
    assert says_it(desk)
    assert bar_of(desk.window)._shape.mood == "bad"
    file.rename(desk.bank.place)
    desk.send(dialog)
    assert not is_open(dialog)
    assert models.show_model(desk.bank.session, "Verschwundenes Modell").row.state
    assert "events verified" in status(desk.window)


def test_a_verification_says_it_instead_of_a_verdict(desk: Desk) -> None:
    page = page_of(desk)
    assert "The ledger is sound" in said(page.verdict)
    away(desk)
    verify(desk)
    assert says_it(desk)
    assert "Put the file back under its name" in texts(page.bar)
    assert "file not in its place" in texts(page.card)
    assert page.verdict.isHidden()


def test_reading_again_says_it_on_every_page(desk: Desk) -> None:
    desk.models()
    file = away(desk)
    desk.window.context.read_again.emit()
    desk.settle()
    assert says_it(desk)
    file.rename(desk.bank.place)
    desk.window.context.read_again.emit()
    desk.settle()
    assert is_green(desk)
