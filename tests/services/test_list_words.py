"""A command's list on paper: words for codes, days and figures as each language writes them."""

import pytest

from mlops_desktop.services.list_words import say_list
from mlops_desktop.services.wording import read_words

ITEM = ("ID", "STATE", "TITLE", "OWNER", "DUE", "", "MODELS")


def test_codes_days_and_figures_are_said_as_the_language_says_them() -> None:
    rows = [("F-00012", "planned", "Alarme", "N. Albers", "2026-07-11", "overdue", "M-00013")]
    german = say_list("findings", ITEM, rows, "de")
    assert german.title == "Feststellungen"
    assert german.heads == ("Nr.", "Zustand", "Titel", "Verantwortung", "Fällig", "Modelle")
    told = (
        "F-00012",
        "Maßnahme geplant",
        "Alarme",
        "N. Albers",
        "11.07.2026, überfällig",
        "M-00013",
    )
    assert german.rows == (told,)
    english = say_list("findings", ITEM, rows, "en")
    assert english.rows[0][4] == "11 Jul 2026, overdue"


@pytest.mark.parametrize(
    ("name", "head", "cell", "told"),
    [
        ("models", "APPROVAL", "in_progress", "im Verfahren"),
        ("models", "APPROVAL", "approved (from paper)", "freigegeben (vom Papier)"),
        ("use-cases", "STATE", "active", "in Verwendung"),
        ("monitoring", "VALUE", "0.27", "0,27"),
        ("monitoring", "THRESHOLD", "> 0.1 / 0.25", "> 0,1 / 0,25"),
        ("monitoring", "STATE", "unmeasured since 2026-08-27", "nicht gemessen seit 27.08.2026"),
        (
            "monitoring",
            "STATE",
            "never measured, in use since 2026-11-23",
            "nie gemessen, im Einsatz seit 23.11.2026",
        ),
        ("pipelines", "QUALITY", "unmeasured", "nicht gemessen"),
        ("pipelines", "FRESHNESS", "late by 7 h", "7 Stunden verspätet"),
        ("pipelines", "AT", "2026-11-28 17:45", "28.11.2026, 17:45 UTC"),
        ("dossier", "AT", "2026-11-29T00:39:21.489Z", "29.11.2026, 00:39 UTC"),
        ("dossier", "NAME", "1 model, 0 with a part", "1 Modell, 0 mit eigenem Teil"),
        ("people", "ROLES", "owner, risk_manager", "Modellverantwortung, Modellrisikomanagement"),
        ("exceptions", "TITLE", "retired, but running", "außer Betrieb, läuft aber"),
        ("rules", "FOR", "kinds promote", "Antragsarten: Produktivsetzung"),
        ("rules", "FOR", "tiers 1, 2", "Risikoklassen: 1, 2"),
        ("imports", "FILE", "Register 2024-13-45.csv", "Register 2024-13-45.csv"),
        ("findings", "STATE", "a_code_without_a_word", "a_code_without_a_word"),
    ],
)  # fmt: skip
def test_every_kind_of_cell_has_its_german(name: str, head: str, cell: str, told: str) -> None:
    assert say_list(name, (head,), [(cell,)], "de").rows == ((told,),)


def test_german_calls_a_severity_and_a_validation_by_one_name_everywhere() -> None:
    words = read_words("de")
    assert words.text("dossier.column.of_severity.low").casefold() == words.text(
        "item.finding.choice.low"
    )
    told = {key: text for key, text in words.sentences.items() if not key.startswith("imports.")}
    assert [key for key, text in told.items() if "te Überprüfung" in text] == []
