"""Codes of sources are said in words; what a source alone understands stays as it is."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.services import entries, sources
from mlops_desktop.services.reconciliation.served_at import ServedAt
from mlops_desktop.services.source_settings import describe_kind
from mlops_desktop.services.sources import NewSource, list_kinds
from mlops_desktop.services.sync import sync_source
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.dossiers.classes import class_of, say_class
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.told import say_origin, say_place, say_read_from, say_served, say_word
from tests.services.registry import Registry
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk, open_desk


@pytest.fixture
def context(make_window: MakeWindow) -> Context:
    return make_window().context


@pytest.mark.parametrize(
    ("field", "word", "english", "german"),
    [
        ("version_status", "READY", "ready", "bereit"),
        ("version_status", "InProgress", "in progress", "in Arbeit"),
        ("run_status", "FINISHED", "ended well", "erfolgreich beendet"),
        ("stage", "Staging", "staging", "Vorproduktion"),
        ("version_status", "Halb gar", "Halb gar", "Halb gar"),
    ],
)
def test_a_state_is_said_however_its_source_spells_it(
    context: Context, field: str, word: str, english: str, german: str
) -> None:
    assert say_word(context, field, word) == english
    context.language.use("de")
    assert say_word(context, field, word) == german


def test_how_it_is_known_and_where_it_serves_is_a_sentence(context: Context) -> None:
    assert say_read_from(context, "alias champion") == "the alias “champion”"
    assert say_read_from(context, "Übernahme aus der Liste") == "Übernahme aus der Liste"
    assert say_origin(context, "plattform: serving kserve/x").startswith("plattform, what serves")
    assert say_origin(context, "mlflow: pd") == "mlflow: pd"
    told = say_served(context, ServedAt("1", "DE", "https://limit.example"))
    assert told == "version 1 in DE at https://limit.example"
    assert say_served(context, ServedAt("1")) == "version 1"
    assert say_place(context, "1 production DE") == "version 1 in production, DE"
    assert say_place(context, "production") == "production"
    assert say_place(context, "mlflow: pd: kowalczyk") == "mlflow: pd: kowalczyk"


def test_a_class_of_confidentiality_is_typed_as_it_is_called(context: Context) -> None:
    context.language.use("de")
    assert say_class(context, "strictly_confidential") == "streng vertraulich"
    assert class_of(context, " Streng vertraulich ") == "strictly_confidential"
    assert class_of(context, "C2 Elbmark") == say_class(context, "C2 Elbmark") == "C2 Elbmark"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_of_a_source_has_words(language: str) -> None:
    words = read_words(language)
    names = {one.name for kind in list_kinds() for one in describe_kind(kind).settings}
    keys = {f"sources.settings.{name.removesuffix('.*')}" for name in names}
    assert {key for key in keys if key not in words} == set()


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    sources.add_source(file_bank.session, NewSource("mlflow", "mlflow", "https://m.example"))
    entries.link_entry(file_bank.session, "M-00001", "mlflow", "pd")
    registry = Registry()
    registry.add("pd", champion="1")
    ready = {key: replace(one, status="READY") for key, one in registry.versions.items()}
    registry.versions = ready
    sync_source(file_bank.session, "mlflow", registry, lambda *_: None)
    return open_desk(make_window, file_bank, qtbot)


def test_the_tabs_of_a_model_show_no_code_of_a_registry(desk: Desk) -> None:
    page = desk.models()
    page.list.view.selectRow(0)
    desk.settle()
    assert "ready" in tab(desk, page, "Versions")
    assert "READY" not in said(page.detail)
    assert "the alias “champion”" in tab(desk, page, "Deployments")
    assert "alias champion" not in said(page.detail)


def tab(desk: Desk, page: ModelsPage, title: str) -> str:
    bar = page.detail.tabs
    bar.setCurrentIndex([bar.tabText(at) for at in range(bar.count())].index(title))
    desk.settle()
    return said(page.detail)
