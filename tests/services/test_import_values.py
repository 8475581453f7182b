"""Cells of any spreadsheet as fields are typed; what is not certain is refused."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.services.imports import values, vocabulary
from mlops_desktop.services.imports.persons import NEW, Persons

DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))


@given(DAYS)
def test_every_certain_form_of_a_day_is_the_same_day(day: date) -> None:
    forms = (
        f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day:%y}", day.isoformat(),
        f"{day:%Y/%m/%d}", f"{day:%Y-%m-%d 00:00:00}",
    )  # fmt: skip
    assert {values.read_date(form, None) for form in forms} == {day.isoformat()}


@given(DAYS, st.sampled_from("/-"))
def test_two_days_are_never_one(day: date, sign: str) -> None:
    text = f"{day.day}{sign}{day.month}{sign}{day.year}"
    assert values.read_date(text, values.DAY_FIRST) == day.isoformat() or day.month > 12
    if day.day > 12 or day.day == day.month:
        assert values.read_date(text, None) == day.isoformat()
    else:
        with pytest.raises(AppError) as raised:
            values.read_date(text, None)
        assert raised.value.code == "import.date_ambiguous"


@pytest.mark.parametrize(
    ("text", "iso"),
    [("3. März 2021", "2021-03-03"), ("March 3, 2021", "2021-03-03"), ("12/31/2020", "2020-12-31"),
     ("31-12-2020", "2020-12-31"), ("1.1.70", "1970-01-01"), ("1. 2. 2024", "2024-02-01")],
)  # fmt: skip
def test_days_in_words_and_elsewhere(text: str, iso: str) -> None:
    assert values.read_date(text, None) == iso


@pytest.mark.parametrize(
    ("text", "code"),
    [("45321", "import.date_is_number"), ("31.02.2024", "import.not_a_date"),
     ("Q3/2024", "import.not_a_date"), ("03/2024", "import.not_a_date"),
     ("1.1.0001", "import.not_a_date"), ("3. Foo 2021", "import.not_a_date"),
     ("31.12.", "import.not_a_date"), ("13/13/2020", "import.not_a_date")],
)  # fmt: skip
def test_what_is_no_day(text: str, code: str) -> None:
    with pytest.raises(AppError) as raised:
        values.read_date(text, None)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("text", "months"),
    [("12", "12"), ("12,0", "12"), ("jährlich", "12"), ("alle 2 Jahre", "24"), ("18 Monate", "18"),
     ("every 3 years", "36"), ("Halbjährlich", "6"), ("annually", "12")],
)  # fmt: skip
def test_how_often(text: str, months: str) -> None:
    assert values.read_months(text) == months


@pytest.mark.parametrize("text", ["12,5", "oft", "alle 2 Wochen", "-3", "1.234,56"])
def test_what_is_no_number_of_months(text: str) -> None:
    with pytest.raises(AppError) as raised:
        values.read_months(text)
    assert raised.value.code == "import.not_a_number"


@pytest.mark.parametrize("text", ["1", "RK 1", "Klasse 1", "Tier 1", "I", "Risikoklasse I"])
def test_tiers(text: str) -> None:
    assert values.read_tier(text) == "1"


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [("materiality", "Hoch", "high"), ("materiality", "gering", "low"),
     ("state", "a. B.", "retired"),
     ("state", "AUSSER BETRIEB", "retired"), ("state", "im Einsatz", "production"),
     ("approval", "Ja", "approved"), ("approval", "No", "never_validated"),
     ("origin", "Eigenentwicklung", "in_house"), ("monitoring_status", "gelb", "warning")],
)  # fmt: skip
def test_words_of_closed_lists(field: str, text: str, code: str) -> None:
    assert values.read_code(field, text) == code


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Modellverantwortlicher", "owner"), ("MODELL-NAME", "name"), ("Risikoklasse (1-4)", "tier"),
     ("next_review", "next_review"), ("Überwachung", "monitoring_status"),
     ("Ueberwachung durch", "monitoring_owner"), ("Lfd. Nr.", "register_id"), ("Mond", None)],
)  # fmt: skip
def test_headings_in_two_languages(heading: str, field: str | None) -> None:
    assert vocabulary.field_of(heading) == field


def test_every_field_is_known_by_its_names() -> None:
    for language in ("en", "de"):
        unknown = [
            field
            for field in vocabulary.targets()
            if vocabulary.field_of(vocabulary.name_of(field, language)) != field
        ]
        assert unknown == []
    assert vocabulary.suggestion_for("Modelverantwortlich") == "owner"


def test_nothing_and_nearly_nothing() -> None:
    for text in ("", " – ", "k.A.", "N/A", "\u00a0", "#N/A"):
        assert values.text_of(text) == ""
    assert values.text_of(2.0) == "2"
    assert values.text_of(datetime(2026, 3, 4, 12, tzinfo=UTC)) == "2026-03-04"
    assert values.read_list("DE; LU,AT\nDE") == "DE, LU, AT"


KNOWN = (Person("1", "Dr. Katrin Feddersen"), Person("2", "Corinna Wolters"), Person("3", "Jo Li"))


@pytest.mark.parametrize(
    ("text", "id"),
    [("Dr. Katrin Feddersen", "1"), ("Katrin Feddersen", "1"), ("Feddersen, Katrin", "1"),
     ("WOLTERS, Corinna", "2"), ("Frau Dr. Corinna Wolters", "2"), ("corinna  wolters", "2")],
)  # fmt: skip
def test_persons_by_the_names_files_give(text: str, id: str) -> None:
    assert Persons(KNOWN, adds=False).find(text) == id


def test_persons_nobody_knows_and_persons_two_may_be() -> None:
    with pytest.raises(AppError) as raised:
        Persons(KNOWN, adds=False).find("Corinna Wolter")
    assert (raised.value.code, raised.value.parameters["near"]) == (
        "import.person_unknown", "Corinna Wolters",
    )  # fmt: skip
    twins = Persons((*KNOWN, Person("4", "Prof. Katrin Feddersen")), adds=False)
    with pytest.raises(AppError) as raised:
        twins.find("Katrin Feddersen")
    assert raised.value.code == "import.person_ambiguous"
    adding = Persons(KNOWN, adds=True)
    assert adding.find("Neumann, Eva") == adding.find("Eva Neumann") == f"{NEW}Eva Neumann"
    assert list(adding.added.values()) == ["Eva Neumann"]
