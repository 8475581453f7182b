"""A command's list on paper: words for codes, days and figures as each language writes them."""

from datetime import date

import pytest

from mlops_desktop.core.cells import Cell, Code, Day, Figure, InBoth, Named, Said, Span, codes
from mlops_desktop.services.list_words import say_list
from mlops_desktop.services.wording import read_words

ITEM = ("ID", "STATE", "TITLE", "OWNER", "DUE", "", "MODELS")
PLANNED = Code("planned", ("item.finding.stage",))
OVERDUE = Code("overdue", ("list_columns.code",))
ENVIRONMENTS = ("models.code.environment",)


def test_codes_days_and_remarks_are_said_as_the_language_says_them() -> None:
    rows = [("F-00012", PLANNED, "Alarme", "N. Albers", Day("2026-07-11"), OVERDUE, "M-00013")]
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


SINCE = {"day": Day("2026-08-27")}


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (Code("in_progress", ("models.approval",)), "im Verfahren"),
        (Code("unmeasured", ("pipelines.quality", "monitoring.state")), "nicht gemessen"),
        (Code("a_code_without_a_word", ("models.state",)), "a_code_without_a_word"),
        (codes(["owner", "risk_manager"], "approvals.role"),
         "Modellverantwortung, Modellrisikomanagement"),
        (Figure("0.27"), "0,27"),
        (Figure("> 0.1 / 0.25"), "> 0,1 / 0,25"),
        (Day("2026-11-28 17:45"), "28.11.2026, 17:45 UTC"),
        (Day("2026-11-29T00:39:21.489Z"), "29.11.2026, 00:39 UTC"),
        (Day(""), ""),
        (date(2026, 3, 1), "01.03.2026"),
        (Span(Day("2026-01-02"), Day("2026-01-03")), "02.01.2026 – 03.01.2026"),
        (Said("unmeasured since 2026-08-27", "list_columns.said.unmeasured", SINCE),
         "nicht gemessen seit 27.08.2026"),
        (Said("late by 7 h", "list_columns.said.late_hours", {"n": 7}), "7 Stunden verspätet"),
        (Said("1 models", "list_columns.said.models", {"n": 1}), "1 Modell"),
        (Said("approved (from paper)", "list_columns.said.from_paper",
              {"approval": Code("approved", ("models.approval",))}), "freigegeben (vom Papier)"),
        (Named(Code("environments", ("list_columns.scope",)), codes(["production"], *ENVIRONMENTS)),
         "Umgebungen: Produktion"),
        (InBoth("Purpose", "Zweck"), "Zweck"),
        (22, "22"),
        (None, ""),
    ],
)  # fmt: skip
def test_every_kind_of_cell_has_its_german(cell: Cell, told: str) -> None:
    assert say_list("models", ("NAME",), [(cell,)], "de").rows == ((told,),)


@pytest.mark.parametrize(
    "text",
    ["Modellregister 2024-01-15.csv", "Release 1.4.2", "approved", "never measured", "3 of 4"],
)
def test_text_stays_as_it_was_written(text: str) -> None:
    assert say_list("imports", ("FILE",), [(text,)], "de").rows == ((text,),)


def test_a_column_of_numbers_is_set_to_the_right() -> None:
    heads = ("ROWS", "VALUE", "THRESHOLD", "NAME")
    rows: list[tuple[Cell, ...]] = [
        (22, Figure("0.27"), Figure("> 0.25"), "3"),
        (None, Figure(""), "", ""),
    ]
    assert say_list("imports", heads, rows, "de").are_numbers == (True, True, False, False)


def test_german_calls_a_severity_and_a_validation_by_one_name_everywhere() -> None:
    words = read_words("de")
    assert words.text("dossier.column.of_severity.low").casefold() == words.text(
        "item.finding.choice.low"
    )
    told = {key: text for key, text in words.sentences.items() if not key.startswith("imports.")}
    assert [key for key, text in told.items() if "te Überprüfung" in text] == []
