"""A source is connected by a form that says what its kind means and what is wrong with an entry."""

from PySide6.QtWidgets import QApplication

from mlops_desktop.ui.pages.sources import said as words
from tests.ui.conftest import said
from tests.ui.pages.desk import Desk, close, is_open, type_in
from tests.ui.pages.sources.acts import cells, form_of, page_of
from tests.ui.pages.test_room import text_size
from tests.ui.room import scrolled_inside


def test_a_source_is_connected_by_the_form(desk: Desk) -> None:
    form = form_of(desk)
    type_in(form, "Name", "registry-hamburg")
    type_in(form, "Address", "http://registry/hamburg")
    desk.send(form)
    assert not is_open(form)
    page = page_of(desk)
    assert cells(page, "registry-hamburg")["state"] == "never read"
    assert page.detail.row is not None
    assert page.detail.row.name == "registry-hamburg"
    assert page.heading() == "2 sources"
    assert "Synchronise it to see what it holds" in said(page.detail)


def test_settings_are_scrolled_by_themselves_only_in_a_form_that_is_not(desk: Desk) -> None:
    desk.window.resize(1440, 1000)
    for percent in (100, 200):
        with text_size(desk, percent):
            form = form_of(desk)
            for kind in ("gitlab", "folder"):
                form.kind.setCurrentIndex(form.kind.findData(kind))
                desk.settle()
                assert scrolled_inside(form) == []
                is_scrolled = form.settings.verticalScrollBar().isVisible()
                assert is_scrolled is (percent == 100)
            close(form)


def test_a_kind_says_what_its_settings_mean_and_how_far_it_was_tried(desk: Desk) -> None:
    form = form_of(desk)
    assert "Not tested" not in said(form)
    form.kind.setCurrentIndex(form.kind.findData("gitlab"))
    assert "Not tested against a live service" in said(form)
    assert "Model that it is about" in said(form.settings)
    assert "Name on the command line: about" in said(form.settings)
    form.kind.setCurrentIndex(form.kind.findData("vertex"))
    assert "Not tested against a live service" in said(form)
    assert form.url.placeholderText().endswith("/locations/europe-west3")
    form.kind.setCurrentIndex(form.kind.findData("prometheus"))
    assert "Not tested" not in said(form)
    assert "A series of your own in PromQL" in said(form.settings)
    close(form)


def test_a_connection_says_how_far_its_kind_was_tried(desk: Desk) -> None:
    live, recorded, gone = (
        words.tested_groups(desk.window.context, kind)
        for kind in ("mlflow", "wandb", "no such kind")
    )
    assert (live, gone) == ((), ())
    assert recorded[0].status is not None
    assert recorded[0].status.word == "Not tested against a live service"


def test_what_is_refused_is_said_beside_its_field(desk: Desk) -> None:
    form = form_of(desk)
    desk.send(form)
    assert said(form).count("This is needed.") == 2
    type_in(form, "Name", "reg")
    type_in(form, "Address", "ftp://registry")
    desk.send(form)
    assert "It must be" not in said(form)
    assert "Enter it as https://mlflow.example.com" in said(form)
    type_in(form, "Address", "http://registry")
    desk.send(form)
    assert "There is already a source named “reg”." in said(form)
    close(form)


def test_an_answer_of_a_form_that_was_closed_goes_nowhere(desk: Desk) -> None:
    form = form_of(desk)
    type_in(form, "Name", "late")
    type_in(form, "Address", "http://registry")
    form._submit()
    form.reject()
    QApplication.processEvents()
    desk.settle()
    page = page_of(desk)
    assert cells(page, "late")["state"] == "never read"
