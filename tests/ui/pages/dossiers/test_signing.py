"""Counter-signatures in the window: asked for, waited for, given in turn, and as of a day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.asof import on
from mlops_desktop.services import dossiers
from mlops_desktop.services.dossiers import Exported, Order
from mlops_desktop.services.notices.collecting import Wanted, collect
from mlops_desktop.ui.pages.approvals import PAGE as APPROVALS
from mlops_desktop.ui.pages.dossiers import PAGE
from mlops_desktop.ui.pages.dossiers.countersigning import CountersignDialog
from mlops_desktop.ui.pages.dossiers.page import DossiersPage
from mlops_desktop.ui.pages.dossiers.shelf import Found
from tests.services.steps import ask, cast, register
from tests.support.bank import FOUNDER, PASSPHRASE, Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk, is_open, texts, toast, type_in
from tests.ui.pages.dossiers.acts import (
    choose,
    open_desk,
    order,
    page_of,
    seal,
    seal_dialog,
    state,
)

FIRST, SECOND = "Jonas Brandt", "Miriam Sander"


@contextmanager
def tomorrow() -> Iterator[None]:
    moment = clock.now() + timedelta(days=1)
    with clock.reading(lambda: moment):
        yield


def issue(bank: Bank, out: Path, *signers: str) -> Exported:
    wanted = Order("1", out, signers=signers)
    return dossiers.export_dossier(bank.session, wanted, bank.unlock(FOUNDER))


def sign(bank: Bank, name: str, out: Path) -> None:
    dossiers.countersign_dossier(bank.as_(name), out, bank.unlock(name))


@pytest.fixture
def out(file_bank: Bank, tmp_path: Path) -> Path:
    """A dossier that the first of two has signed."""
    register(file_bank)
    path = tmp_path / "dossier.pdf"
    issue(file_bank, path, FIRST, SECOND)
    sign(file_bank, FIRST, path)
    return path


def test_whoever_is_due_sees_what_waits_and_signs_it_beside_its_pages(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, out: Path
) -> None:
    desk = open_desk(make_window, file_bank, qtbot)
    context = desk.window.context
    counts: list[tuple[str, int]] = []
    context.badge_changed.connect(lambda page, number: counts.append((page, number)))
    page = choose(desk)
    assert not desk.can("dossier.countersign")
    desk.act_as(SECOND)
    assert ("dossiers", 1) in counts
    page.scopes.setCurrentIndex(1)
    desk.settle()
    assert page.list.count() == 1
    assert page.heading() == "1 dossier has left this workspace"
    page = choose(desk)
    assert "your turn" in texts(page.detail)
    context.actions.run("dossier.countersign")
    desk.settle()
    (dialog,) = desk.window.findChildren(CountersignDialog)
    told = said(dialog)
    for text in ("2 of 2", f"{FIRST}, validator", "nothing but the signatures"):
        assert text in told, text
    assert dialog.preview.pages.page_count() > 3
    assert nameless(dialog) == []
    dialog.passphrase.setText("wrong")
    desk.send(dialog)
    assert "The passphrase is wrong." in said(dialog)
    type_in(dialog, "In words of my own", "Read in the committee of May.")
    dialog.passphrase.setText(PASSPHRASE)
    desk.send(dialog)
    assert not is_open(dialog)
    assert toast(desk) == "Signed; every signature is there."
    assert counts[-1] == ("dossiers", 0)
    assert page.list.count() == 0
    assert page.heading() == "1 dossier has left this workspace"
    page.scopes.setCurrentIndex(0)
    desk.settle()
    page = choose(desk)
    shown = texts(page.detail)
    for text in (SECOND, "Meaning: Read in the committee of May.", "issued here"):
        assert text in shown
    assert "your turn" not in shown
    assert not desk.can("dossier.countersign")
    assert state(page) == "valid"


def test_signers_are_named_in_the_order_or_are_whoever_approved(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    request = ask(file_bank)
    for name in (FIRST, SECOND):
        cast(file_bank, request, name)
    desk = open_desk(make_window, file_bank, qtbot)
    form = order(desk, tmp_path / "a.pdf")
    type_in(form, "Countersigned by", "persons named, in this order")
    assert seal_dialog(desk, form) is None
    assert "Please name who is to countersign." in said(form)
    type_in(form, "Persons", f"{SECOND}, Nobody At All")
    assert seal_dialog(desk, form) is None

    assert "Nobody At All" in said(form)
    type_in(form, "Persons", f"{SECOND}, {FIRST}")
    seal(desk, form)
    form = order(desk, tmp_path / "b.pdf")
    type_in(form, "Countersigned by", "whoever approved the model")
    seal(desk, form)
    found = {
        row.digests[0]: [one.name for one in row.places]
        for row in dossiers.list_dossiers(file_bank.session)
    }
    assert sorted(found.values()) == [[FIRST, SECOND], [SECOND, FIRST]]
    page = page_of(desk)
    page.list.set_filter(f'waits:"{SECOND}"')
    desk.settle()
    assert page.list.count() == 1


def test_what_waits_is_told_to_whose_turn_it_is(file_bank: Bank, out: Path) -> None:
    kinds = [one.kind for one in collect(file_bank.as_(SECOND), Wanted()).notices]
    assert kinds.count("dossier") == 1
    kinds = [one.kind for one in collect(file_bank.as_(FIRST), Wanted()).notices]
    assert "dossier" not in kinds


def test_a_past_day_shows_the_signatures_of_that_day(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, out: Path
) -> None:
    today = clock.today()
    with tomorrow():
        sign(file_bank, SECOND, out)
    (now,) = dossiers.list_dossiers(file_bank.session)
    (then,) = dossiers.list_dossiers(file_bank.session, on(today))
    assert dossiers.list_dossiers(file_bank.session, on(today - timedelta(days=1))) == ()
    assert (now.next_place, now.later) == (None, ())
    assert then.next_place is not None
    assert then.next_place.name == SECOND
    assert (*then.digests, *then.later) == now.digests
    desk = open_desk(make_window, file_bank, qtbot)
    desk.window.context.show_as_of(today)
    desk.settle()
    page = choose(desk)
    assert state(page) == "signed since"
    assert not desk.can("dossier.countersign")
    desk.window.context.show_as_of(None)
    desk.settle()
    assert page.detail.line is not None
    assert page.detail.line.row.next_place is None


def test_an_earlier_state_of_the_file_is_told_from_a_changed_one(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, out: Path
) -> None:
    earlier = out.read_bytes()
    sign(file_bank, SECOND, out)
    out.write_bytes(earlier)
    desk = open_desk(make_window, file_bank, qtbot)
    page = choose(desk)
    assert page.detail.line is not None
    assert page.detail.line.place.found is Found.EARLIER
    assert state(page) == "an earlier state"
    assert "1 later signature or time stamp on record is missing" in texts(page.detail)


def test_sections_are_chosen_kept_as_a_template_and_used_for_a_draft(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    register(file_bank)
    desk = open_desk(make_window, file_bank, qtbot)
    form = order(desk, tmp_path / "draft.pdf")
    type_in(form, "Content", "sections of my choice")
    assert nameless(form) == []
    names = form.sections.chosen()
    (item,) = form.sections.findItems("Findings", Qt.MatchFlag.MatchExactly)
    item.setCheckState(Qt.CheckState.Unchecked)
    assert set(names) - set(form.sections.chosen()) == {"findings"}
    type_in(form, "Save as template", "For the audit")
    form.draft.setChecked(True)
    assert form.signers.choice.isHidden()
    desk.send(form)
    assert toast(desk).startswith("Draft made: draft.pdf")
    assert dossiers.list_dossiers(file_bank.session) == ()
    with pypdfium2.PdfDocument(tmp_path / "draft.pdf") as document:
        assert "DRAFT" in document[1].get_textpage().get_text_range()
    form = order(desk, tmp_path / "audit.pdf")
    type_in(form, "Content", "template “For the audit”")
    assert form.order().template == "For the audit"
    dialog = seal_dialog(desk, form)
    assert dialog is not None
    dialog.reject()


def test_the_page_of_approvals_leads_to_the_dossiers_to_sign(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, out: Path
) -> None:
    desk = Desk(make_window(pages=(APPROVALS, PAGE)), file_bank, qtbot)
    desk.window.context.use_session(file_bank.as_(SECOND), "Elbmark Bank AG")
    desk.settle()
    button = desk.approvals().dossiers
    assert button.text() == "1 dossier to sign"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, DossiersPage)
    assert page.scopes.tabText(page.scopes.currentIndex()) == "Waiting for me"
    assert page.list.count() == 1
    desk.act_as(FIRST)
    assert desk.approvals().dossiers.isHidden()
