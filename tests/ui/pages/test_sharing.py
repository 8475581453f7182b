"""The page Sharing: a copy is taken, brought back, and what was held back shows both sides."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from mlops_desktop.core.errors import AppError
from mlops_desktop.services import models
from mlops_desktop.services.copies import open_origin
from mlops_desktop.services.copies.extracting import read_extract
from mlops_desktop.services.session import Ask, Session
from mlops_desktop.services.workspaces import open_workspace
from mlops_desktop.ui.pages.ledger import PAGE as LEDGER
from mlops_desktop.ui.pages.sharing import PAGE
from mlops_desktop.ui.pages.sharing.forms import ExtractForm, TakeForm
from mlops_desktop.ui.pages.sharing.origin import OriginForm
from mlops_desktop.ui.pages.sharing.page import SharingPage
from mlops_desktop.ui.pages.sharing.said import Heap
from mlops_desktop.ui.pages.sharing.sticks import AnswerForm, OutboxForm, ReceiveForm
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.label import Label
from tests.support.bank import Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk, texts, type_in

SECRET = "drei kurze Worte"


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    models.register_model(file_bank.session, {"name": "PD Mittelstand"})
    desk = Desk(make_window(pages=(PAGE, LEDGER)), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def page_of(desk: Desk) -> SharingPage:
    desk.window.show_page("sharing")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, SharingPage)
    return page


def fill(form: TakeForm | ExtractForm | OutboxForm, path: Path) -> None:
    form.file.setText(str(path))
    form.secret.setText(SECRET)
    form.again.setText(SECRET)


def use(desk: Desk, path: Path) -> Session:
    copy = open_workspace(str(path), ask=lambda: SECRET)
    session = replace(copy, unlock=desk.bank.session.unlock)
    desk.window.context.use_session(session, "Elbmark Bank AG")
    desk.settle()
    return session


@contextmanager
def wanting_secrets(key: str, password: str) -> Iterator[list[tuple[str | None, str | None]]]:
    """A shared workspace that wants a password and a passphrase; gives what it was offered."""
    offered: list[tuple[str | None, str | None]] = []

    @contextmanager
    def opened(
        session: Session, *, ask: Ask | None, database_password: str | None
    ) -> Iterator[Session]:
        told = ask() if ask is not None else None
        offered.append((database_password, told))
        if database_password != password:
            raise AppError("workspace.login_refused")
        if told != key:
            raise AppError("workspace_key.passphrase_needed")
        with open_origin(session) as team:
            yield team

    with patch("mlops_desktop.ui.pages.sharing.origin.open_origin", opened):
        yield offered


def asked_now() -> OriginForm:
    """The form that asks for a secret now."""
    found = QApplication.topLevelWidgets()
    (form,) = [one for one in found if isinstance(one, OriginForm) and one.isVisible()]
    return form


def hidden(page: SharingPage) -> list[str]:
    """Return the columns that the list does not show."""
    table = page.table
    return [one.id for at, one in enumerate(table.rows.columns) if table.isColumnHidden(at)]


def send_two_passphrases(desk: Desk, form: TakeForm) -> None:
    form.again.setText("anders")
    desk.send(form)
    assert "The two passphrases differ." in texts(form)


def do_again(desk: Desk) -> FormDialog:
    dialog = desk.do("sharing.again")
    named = {label.text() for label in dialog.findChildren(Label) if label.isVisible()}
    assert named >= {"M-00001 PD Mittelstand", "Business line", "SME", "Retail"}
    return dialog


def test_a_copy_is_taken_worked_in_and_brought_back(desk: Desk, tmp_path: Path) -> None:
    team, path = desk.bank.session, tmp_path / "train.mlops"
    page = page_of(desk)
    assert "Nothing waits to be settled" in texts(page)
    assert not desk.can("sharing.push")
    assert nameless(page) == []
    form = desk.do("sharing.take")
    assert isinstance(form, TakeForm)
    fill(form, path)
    send_two_passphrases(desk, form)
    form.again.setText(SECRET)
    desk.send(form)
    assert path.exists()
    copy = use(desk, path)
    for session, line in ((copy, "SME"), (team, "Retail")):
        models.edit_model(session, "M-00001", {"business_line": line})
    page = page_of(desk)
    page.reload()
    desk.settle()
    assert page.heading() == "1 not yet shared, 0 to settle"
    assert "30 days left" in texts(page)
    assert not desk.can("sharing.take")
    with wanting_secrets(SECRET, "Kennwort") as offered:
        for typed in ("Kennwort", SECRET):
            form = desk.do("sharing.push") if typed == "Kennwort" else asked_now()
            assert isinstance(form, OriginForm)
            form.line.setText(typed)
            desk.send(form)
    assert offered[-1] == ("Kennwort", SECRET)
    assert len(offered) == 3, "asked once each, for sending and fetching together"
    assert (page.heading(), hidden(page)) == ("0 not yet shared, 1 to settle", ["person", "about"])
    assert "changed meanwhile" in texts(page)
    assert "M-00001 PD Mittelstand" in texts(page.facts), "a conflict says what it is about"
    shown = [label.text() for label in page.sides.findChildren(Label) if label.isVisible()]
    assert shown == ["Business line", "Held back", "SME", "Counts", "Retail"]
    desk.window.context.language.use("de")
    desk.settle()
    assert "inzwischen geändert" in texts(page)
    assert not desk.can("sharing.keep"), "what is shared is settled where it is shared"
    assert page.settled_there.isVisible()
    assert not page.settling.isVisible(), "nothing is offered that cannot be done here"
    desk.window.context.language.use("en")
    desk.window.context.use_session(team, "Elbmark Bank AG")
    desk.settle()
    page = page_of(desk)
    assert page.heading() == "0 not yet shared, 1 to settle"
    assert (page.settled_there.isVisible(), page.settling.isVisible()) == (False, True)
    again = do_again(desk)
    type_in(again, "Comment", "nach Rücksprache")
    desk.send(again)
    assert page.heading() == "0 not yet shared, 0 to settle"
    assert models.show_model(team, "M-00001").state.details.business_line == "SME"
    copy.workspace.close()


def test_a_copy_opens_at_the_first_heap_in_which_something_lies(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "train.mlops"
    page = page_of(desk)
    form = desk.do("sharing.take")
    assert isinstance(form, TakeForm)
    fill(form, path)
    desk.send(form)
    copy = use(desk, path)
    models.edit_model(copy, "M-00001", {"business_line": "SME"})
    desk.window.context.use_session(replace(copy), "Elbmark Bank AG")
    page_of(desk)
    assert page.heaps.tabText(page.heaps.currentIndex()) == "Not yet shared (1)"
    assert page.table.model().rowCount() == 1
    assert hidden(page) == ["fate"]
    page.heaps.setCurrentIndex(0)
    page.reload()
    desk.settle()
    assert page.heaps.currentIndex() == 0, "what a person chose stays"


def test_what_is_not_shared_travels_on_a_stick_and_the_answer_back(
    desk: Desk, tmp_path: Path
) -> None:
    team, path = desk.bank.session, tmp_path / "train.mlops"
    outbox, answer = tmp_path / "out.mlops-outbox", tmp_path / "back.mlops-answer"
    page_of(desk)
    form = desk.do("sharing.take")
    assert isinstance(form, TakeForm)
    fill(form, path)
    desk.send(form)
    copy = use(desk, path)
    models.edit_model(copy, "M-00001", {"business_line": "SME"})
    page = page_of(desk)
    page.reload()
    desk.settle()
    out = desk.do("sharing.outbox")
    assert isinstance(out, OutboxForm)
    fill(out, outbox)
    desk.send(out)
    assert outbox.exists()
    desk.window.context.use_session(team, "Elbmark Bank AG")
    page_of(desk).take_files((outbox,))
    desk.settle()
    given = desk.dialog()
    assert isinstance(given, ReceiveForm)
    given.secret.setText("falsch und falsch")
    given.answer.setText(str(answer))
    desk.send(given)
    assert not answer.exists()
    given.secret.setText(SECRET)
    desk.send(given)
    assert models.show_model(team, "M-00001").state.details.business_line == "SME"
    desk.window.context.use_session(copy, "Elbmark Bank AG")
    page = page_of(desk)
    page.take_files((answer,))
    desk.settle()
    back = desk.dialog()
    assert isinstance(back, AnswerForm)
    back.secret.setText(SECRET)
    desk.send(back)
    assert page.heading() == "0 not yet shared, 0 to settle"
    copy.workspace.close()


def test_on_a_past_day_nothing_is_shared_or_settled(desk: Desk, tmp_path: Path) -> None:
    page, context = page_of(desk), desk.window.context
    held = {"push", "pull", "extract", "keep", "again", "answer", "receive"}
    buttons = {one.objectName(): one for one in page.findChildren(ActionButton)}
    context.show_as_of(date(2025, 12, 31))
    told = "A past day is shown; nothing can be changed in it."
    assert {id for id, one in buttons.items() if told in one.toolTip()} >= {
        f"sharing.{id}" for id in held if f"sharing.{id}" in buttons
    }
    assert not any(context.actions.can(f"sharing.{id}") for id in held)
    assert context.actions.can("sharing.take")  # a copy changes nothing here
    page.take_files((tmp_path / "outbox.mlops",))
    assert QApplication.activeModalWidget() is None
    assert told in said(desk.window)
    context.show_as_of(None)
    assert context.actions.can("sharing.extract")
    page.take_files((tmp_path / "outbox.mlops",))
    form = QApplication.activeModalWidget()
    assert isinstance(form, ReceiveForm)
    form.reject()


def test_an_extract_is_made_for_a_reader(desk: Desk, tmp_path: Path) -> None:
    models.register_model(desk.bank.session, {"name": "LGD"})
    page_of(desk)
    form = desk.do("sharing.extract")
    assert isinstance(form, ExtractForm)
    reader = form.findChildren(QComboBox)[0]
    reader.setCurrentText("Mateusz Kowalczyk")
    assert form.held.ticked() == ("persons", "remarks", "documents")
    path = tmp_path / "for-reading.mlops"
    fill(form, path)
    line = next(one for one in form.findChildren(QLineEdit) if one is form.line)
    line.setText("tier:9")
    desk.send(form)
    assert not path.exists()
    line.setText("LGD")
    desk.send(form)
    copy = use(desk, path)
    extract = read_extract(copy)
    assert extract is not None
    assert extract.withheld_number > 0
    page = page_of(desk)
    told = texts(page)
    assert "It is an extract for: Development." in told
    assert "It can be written until" not in told
    assert "findings and requests can be recorded in it, nothing else." in told
    page.heaps.setCurrentIndex(list(Heap).index(Heap.CAME))
    desk.settle()
    assert page.table.width() > 1.8 * page.right.width(), "so many columns want room"
    copy.workspace.close()
