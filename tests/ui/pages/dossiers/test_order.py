"""A dossier is ordered, looked at and sealed: what is seen is what is sealed."""

from datetime import timedelta
from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mlops_desktop.core import clock
from mlops_desktop.services import models
from mlops_desktop.ui.pages.dossiers.order import OrderForm
from mlops_desktop.ui.pages.dossiers.sealing import SealDialog
from tests.support.bank import FOUNDER, PASSPHRASE
from tests.ui.conftest import said
from tests.ui.pages.desk import Desk, close, is_open, texts, toast, type_in
from tests.ui.pages.dossiers.acts import choose, order, page_of, seal, seal_dialog, state


def test_an_export_is_asked_for_sealed_shown_and_verified(empty: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    form = order(empty, out)
    type_in(form, "Language of the dossier", "German")
    type_in(form, "Classification", "strictly confidential")
    dialog = seal(empty, form)
    assert not is_open(dialog)
    assert not is_open(form)
    assert out.read_bytes().startswith(b"%PDF-")
    assert toast(empty).startswith("Exported: out.pdf")
    page = choose(empty)
    assert page.heading() == "1 dossier has left this workspace"
    told = texts(page.detail)
    for text in ("valid", "issued here", "PD Mittelstand (IRB)", FOUNDER, "Level: PAdES B-B"):
        assert text in told
    assert [f"{number}. " in told for number in range(1, 10)] == [True] * 9
    assert state(page) == "valid"
    pages = page.detail.preview.pages
    assert pages.page_count() > 3
    assert f"Page 1 of {pages.page_count()}" in told
    with pypdfium2.PdfDocument(out) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "streng vertraulich" in text


def test_a_wrong_passphrase_is_explained_and_asked_again(empty: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    dialog = seal(empty, order(empty, out), "not the passphrase")
    assert is_open(dialog)
    assert "The passphrase is wrong." in said(dialog)
    assert not dialog.passphrase.text()
    assert not out.exists()
    dialog.passphrase.setText(PASSPHRASE)
    empty.send(dialog)
    assert not is_open(dialog)
    assert out.exists()


def test_what_a_seal_covers_is_shown_before(empty: Desk, tmp_path: Path) -> None:
    form = order(empty, tmp_path / "out.pdf")
    dialog = seal_dialog(empty, form)
    assert dialog is not None
    told = said(dialog).replace("\u200b", "")  # where a path may go on in the next line
    for text in ("M-00001", "now", "English", "confidential", str(tmp_path), FOUNDER, "PAdES"):
        assert text in told
    assert not dialog.comment.isVisible()
    dialog.reject()
    empty.settle()
    assert form.verb.isEnabled()
    close(form)


def test_what_is_seen_is_what_is_sealed_byte_for_byte(empty: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    dialog = seal_dialog(empty, order(empty, out))
    assert dialog is not None
    assert dialog.prepared is not None
    seen = dialog.preview.pages._content
    assert seen == dialog.prepared.unsealed
    assert f"Page 1 of {dialog.preview.pages.page_count()}" in said(dialog)
    assert not out.exists()
    # Somebody records something meanwhile: nothing is sealed, and the pages come anew.
    models.edit_model(empty.bank.session, "1", {"purpose": "Something else"})
    dialog.passphrase.setText(PASSPHRASE)
    empty.send(dialog)
    assert "Something was recorded since the preview was made" in said(dialog.bar)
    assert not out.exists()
    again = dialog.preview.pages._content
    assert again != seen
    empty.send(dialog)
    assert not is_open(dialog)
    sealed = out.read_bytes()
    assert sealed.startswith(again)
    assert len(sealed) > len(again)


def test_the_pages_are_stopped_made_again_and_made_meanwhile(empty: Desk, tmp_path: Path) -> None:
    page = page_of(empty)
    form = order(empty, tmp_path / "out.pdf")
    QTest.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    empty.qtbot.waitUntil(lambda: bool(empty.window.findChildren(SealDialog)))
    (dialog,) = empty.window.findChildren(SealDialog)
    (job,) = empty.window.context.jobs.listing()
    assert not dialog.verb.isEnabled()
    empty.window.context.jobs.cancel(job)
    empty.settle()
    assert "The pages were not made" in said(dialog)
    assert not dialog.verb.isEnabled()
    dialog.preview.wanted.emit()
    dialog.put_aside()
    assert not is_open(dialog)
    assert not is_open(form)
    empty.settle()
    assert "The preview of the dossier of M-00001 is ready" in toast(empty)
    assert page._resume.isVisible()
    empty.window.context.actions.run("dossier.resume")
    dialog.passphrase.setText(PASSPHRASE)
    empty.send(dialog)
    assert (tmp_path / "out.pdf").exists()
    assert not empty.can("dossier.resume")
    form = order(empty, tmp_path / "other.pdf")
    again = seal_dialog(empty, form)
    assert again is not None
    again.put_aside()
    assert empty.can("dossier.resume")
    empty.act_as("Jonas Brandt")  # it was made to be sealed by somebody else
    assert not empty.can("dossier.resume")
    assert not is_open(again)


def test_what_is_wrong_with_an_order_is_said_beside_its_field(empty: Desk, tmp_path: Path) -> None:
    taken = tmp_path / "taken.pdf"
    taken.write_bytes(b"something of mine")
    form = order(empty, taken, model="")
    type_in(form, "As of", "tomorrow")
    empty.send(form)
    assert "Please name a model." in said(form)
    assert "Please write a day." in said(form)
    type_in(form, "Model", "M-00001")
    type_in(form, "As of", (clock.today() + timedelta(days=1)).isoformat())
    empty.send(form)
    assert "This day has not come yet." in said(form)
    type_in(form, "As of", "")
    assert seal_dialog(empty, form) is None
    assert "taken.pdf" in said(form)
    assert taken.read_bytes() == b"something of mine"
    form.target.line.setText(str(taken))
    form._confirmed = str(taken)
    assert seal_dialog(empty, form) is None
    assert taken.read_bytes() == b"something of mine"  # a dossier replaces nothing but a PDF
    taken.write_bytes(b"%PDF-1.7 of mine")
    seal(empty, form)
    assert b"of mine" not in taken.read_bytes()
    assert taken.read_bytes().startswith(b"%PDF-")


def test_an_unknown_model_is_said_beside_its_field(empty: Desk, tmp_path: Path) -> None:
    form = order(empty, tmp_path / "out.pdf", model="M-00042")
    assert seal_dialog(empty, form) is None
    assert "There is no model “M-00042”." in said(form)
    assert is_open(form)
    close(form)


def test_the_file_is_named_by_model_day_and_language(empty: Desk) -> None:
    page = page_of(empty)
    page.show_record("M-00001")
    form = empty.do("dossier.export")
    assert isinstance(form, OrderForm)
    today = clock.today().isoformat()
    assert form.order().out.name == f"M-00001-{today}-en.pdf"
    type_in(form, "Language of the dossier", "German")
    type_in(form, "As of", "2026-03-31")
    assert form.order().out.name == "M-00001-2026-03-31-de.pdf"
    type_in(form, "Model", "../../etc/passwd")
    assert form.order().out.name == "etcpasswd-2026-03-31-de.pdf"
    close(form)


def test_the_day_shown_is_the_day_exported(empty: Desk) -> None:
    day = clock.today() - timedelta(days=3)
    page_of(empty)
    empty.window.context.show_as_of(day)
    empty.settle()
    form = empty.do("dossier.export")
    assert isinstance(form, OrderForm)
    assert form.order().as_of.known == day
    close(form)
