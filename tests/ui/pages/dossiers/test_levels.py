"""Orders beyond one model at level B-B: a portfolio with a sample, time stamps, lifting later."""

from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.services import dossiers, trust_services
from mlops_desktop.services.profiles import standing
from mlops_desktop.ui.pages.dossiers.authority_form import AuthorityForm
from mlops_desktop.ui.pages.dossiers.extending import ExtendForm
from mlops_desktop.ui.widgets.buttons import Button, IconButton
from tests.services.steps import register
from tests.support.bank import Bank
from tests.support.trust_services import TimeAuthority
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk, is_open, texts, toast, type_in
from tests.ui.pages.dossiers.acts import (
    choose,
    export,
    open_desk,
    order,
    page_of,
    seal,
    seal_dialog,
    state,
)


def test_a_portfolio_with_a_sample_by_seed_is_looked_at_and_sealed(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("Eins", "Zwei", "Drei"):
        register(file_bank, name=f"Modell {name}")
    desk = open_desk(make_window, file_bank, qtbot)
    out = tmp_path / "portfolio.pdf"
    form = order(desk, out)
    type_in(form, "Kind", "a portfolio of models")
    type_in(form, "Parts of their own", "a sample")
    assert form.model.isHidden()
    assert nameless(form) == []
    assert seal_dialog(desk, form) is None
    assert "Please give the seed" in said(form)
    type_in(form, "Seed", "Audit 2026")
    form.population.count.setValue(1)
    type_in(form, "Which models", "colour:red")
    assert seal_dialog(desk, form) is None
    assert "colour" in said(form)
    type_in(form, "Which models", "")
    dialog = seal(desk, form)
    assert not is_open(dialog)
    with pypdfium2.PdfDocument(out) as document:
        whole = "".join(page.get_textpage().get_text_range() for page in document)
    assert "Audit 2026" in whole
    page = choose(desk)
    assert "Portfolio of models: 3 models, 1 drawn" in texts(page.detail)
    assert desk.can("dossier.extend")
    assert not desk.can("dossier.compare_now")
    assert state(page) == "valid"
    attaches_a_scan(desk, tmp_path)
    page.detail.tabs.setCurrentIndex(1)
    assert "Corinna Wolters, 02/11/2026" in texts(page.detail)


def attaches_a_scan(desk: Desk, folder: Path) -> None:
    scan = folder / "page 3.png"
    dialog = desk.do("dossier.attach_scan")
    assert nameless(dialog) == []
    type_in(dialog, "Scan", str(scan))
    type_in(dialog, "Signed by", "Niemand")
    type_in(dialog, "On", "2026-11-02")
    desk.send(dialog)
    assert is_open(dialog)
    scan.write_bytes(b"no picture")
    desk.send(dialog)
    assert "PNG" in texts(dialog)
    scan.write_bytes(b"\x89PNG\r\n\x1a\n signed")
    desk.send(dialog)
    assert "Niemand" in texts(dialog)
    type_in(dialog, "Signed by", "Corinna Wolters")
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)


def test_a_level_that_needs_an_authority_says_so_beside_its_field_and_is_reached_later(
    file_bank: Bank,
    make_window: MakeWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register(file_bank)
    desk = open_desk(make_window, file_bank, qtbot)
    form = order(desk, tmp_path / "out.pdf")
    type_in(form, "Level", "B-T: with a time stamp")
    seal(desk, form)
    assert "No time-stamp authority" in said(form)
    type_in(form, "Level", "B-B: seal alone, without a network")
    seal(desk, form)
    tsa = TimeAuthority(clock.now() - timedelta(days=9))
    answer = tsa.ask_at(clock.now())
    monkeypatch.setattr(trust_services, "submit", lambda url, content, *_: answer(content))
    roots = tmp_path / "tsa.pem"
    roots.write_bytes(tsa.pem)
    arrange = desk.do("dossier.authority_form")
    assert nameless(arrange) == []
    type_in(arrange, "Address", "http://tsa.example/")
    desk.send(arrange)
    assert isinstance(arrange, AuthorityForm)
    assert arrange.roots.property("wrong")
    type_in(arrange, "Its roots (PEM)", str(roots))
    desk.send(arrange)
    assert not is_open(arrange), said(arrange)
    form = order(desk, tmp_path / "more.pdf")
    assert "http://tsa.example/ is asked" in said(form)
    form.reject()
    assert toast(desk) == "Arranged."
    page = choose(desk)
    extend = desk.do("dossier.extend")
    assert isinstance(extend, ExtendForm)
    assert "Time-stamped by http://tsa.example/." in said(extend)
    assert nameless(extend) == []
    type_in(extend, "Level", "B-T: with a time stamp")
    desk.send(extend)
    assert not is_open(extend), said(extend)
    assert toast(desk) == "Extended: every signature reaches B-T."
    assert state(page) == "valid"
    shown = texts(page_of(desk).detail)
    assert "Level: PAdES B-T" in shown
    assert "Proved since: " in shown
    assert "eIDAS: advanced" in shown
    (row,) = dossiers.list_dossiers(file_bank.session)
    assert len(row.digests) == 2


def test_a_regulators_view_is_ordered_by_regime_and_period(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    register(file_bank)
    desk = open_desk(make_window, file_bank, qtbot)
    out = tmp_path / "view.pdf"
    form = order(desk, out)
    type_in(form, "Kind", "a regulator's view")
    assert seal_dialog(desk, form) is None
    assert "This workspace works by no regime yet" in said(form)
    form.reject()
    standing.activate_profile(file_bank.session, "marisk-at-4-3-5", clock.today())
    form = order(desk, out)
    type_in(form, "Kind", "a regulator's view")
    assert form.day.isHidden()
    assert form.population.parts.isHidden()
    type_in(form, "From", "2026-12-01")
    type_in(form, "To", "2026-11-01")
    assert seal_dialog(desk, form) is None
    assert "The period ends before it begins." in said(form)
    type_in(form, "From", (clock.today() - timedelta(days=30)).isoformat())
    type_in(form, "To", (clock.today() + timedelta(days=9)).isoformat())
    assert seal_dialog(desk, form) is None
    assert form.regime.last.property("wrong")
    type_in(form, "To", clock.today().isoformat())
    dialog = seal(desk, form)
    assert not is_open(dialog), said(form)
    page = choose(desk)
    assert "Regulator's view" in texts(page.detail)
    assert " · issued" not in texts(page.detail)
    assert state(page) == "valid"


def test_nothing_can_be_extended_before_an_authority_is_arranged_and_the_way_there_is_offered(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    register(file_bank)
    export(file_bank, tmp_path / "out.pdf")
    desk = open_desk(make_window, file_bank, qtbot)
    choose(desk)
    extend = desk.do("dossier.extend")
    assert "No time-stamp authority is arranged" in said(extend)
    assert not extend.verb.isEnabled()
    assert not [one for one in extend.bar.findChildren(IconButton) if one.isVisible()]
    way = next(one for one in extend.bar.findChildren(Button) if "authority" in one.text())
    QTest.mouseClick(way, Qt.MouseButton.LeftButton)
    desk.settle()
    assert isinstance(desk.dialog(), AuthorityForm)
    desk.dialog().reject()
    assert "None is arranged in this workspace yet" in said(order(desk, tmp_path / "more.pdf"))
