"""Figures, dates and gaps as the two languages write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import (
    Kind,
    Missing,
    Reason,
    SignatureState,
    Value,
)
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.verdict import Outcome, Step
from mlops_desktop.services.wording import read_words


@pytest.fixture
def en(english: Words) -> Language:
    return Language(english)


@pytest.fixture
def de(german: Words) -> Language:
    return Language(german)


@pytest.mark.parametrize(
    ("text", "british", "german_form"),
    [
        ("1234.56", "1,234.56", "1.234,56"),
        ("0.65", "0.65", "0,65"),
        ("0.6582143219", "0.658214", "0,658214"),
        ("-3.1", "−3.1", "−3,1"),
        ("0", "0", "0"),
        ("1284311", "1,284,311", "1.284.311"),
        ("1284311.7", "1,284,312", "1.284.312"),
        ("99999.96", "100,000", "100.000"),
        ("1e-9", "1E−9", "1E−9"),
        ("2.5e20", "2.5E20", "2,5E20"),
        ("NaN", "NaN", "NaN"),
        ("Infinity", "Infinity", "Infinity"),
        ("n/a", "n/a", "n/a"),
    ],
)
def test_decimals(en: Language, de: Language, text: str, british: str, german_form: str) -> None:
    assert (en.decimal(text), de.decimal(text)) == (british, german_form)


def test_whole_numbers_are_exact(en: Language, de: Language) -> None:
    assert (en.integer(1284311), de.integer(1284311)) == ("1,284,311", "1.284.311")


def test_days(en: Language, de: Language) -> None:
    day = date(2026, 3, 9)
    assert (en.day(day), de.day(day)) == ("9 Mar 2026", "09.03.2026")


def test_times_are_told_in_utc(en: Language, de: Language) -> None:
    moment = datetime(2026, 3, 9, 1, 30, 5, tzinfo=timezone(timedelta(hours=2)))
    assert en.moment(moment) == "8 Mar 2026, 23:30:05 UTC"
    assert de.moment(moment) == "08.03.2026, 23:30:05 UTC"


def test_values_of_every_kind(de: Language) -> None:
    shown = de.values(
        (
            Value(Kind.CODE, "production"),
            Value(Kind.TEXT, "a"),
            Value(Kind.DATE, "2026-01-31"),
            Value(Kind.TIME, "2026-01-31T08:15:00.000Z"),
            Value(Kind.DECIMAL, "0.5"),
            Value(Kind.COUNT, "1000"),
        )
    )
    expected = "im Produktivbetrieb\na\n31.01.2026\n31.01.2026, 08:15:00 UTC\n0,5\n1.000"
    assert shown == expected


def test_a_day_and_a_number_stand_beside_the_words_they_belong_to(de: Language) -> None:
    told = (
        Value(Kind.CODE, "met"),
        Value(Kind.COUNT, "12"),
        Value(Kind.CODE, "reason.absent"),
        Value(Kind.DATE, "2026-01-31"),
    )
    assert de.values(told) == "erfüllt 12\nnicht erfasst:\n31.01.2026"


def test_the_day_of_an_erasure_is_written_as_the_language_does(en: Language, de: Language) -> None:
    gap = Missing(Reason.ERASED, "2024-09-02, personenangaben")
    assert "2 Sept 2024, personenangaben" in en.text(gap)
    assert "02.09.2024, personenangaben" in de.text(gap)


def test_midnight_is_told_as_a_day(en: Language) -> None:
    at = datetime(2023, 11, 30, tzinfo=UTC)
    assert en.time(at) == "30 Nov 2023"
    assert en.values((Value(Kind.TIME, "2023-11-30T00:00:00.000Z"),)) == "30 Nov 2023"


def test_a_gap_says_why(en: Language, de: Language) -> None:
    gap = Missing(Reason.SOURCE_NOT_REACHED, "mlflow-risk")
    assert en.text(gap) == "not available – the source was not reached: mlflow-risk"
    assert de.text(gap) == "nicht verfügbar – die Quelle war nicht erreichbar: mlflow-risk"
    assert en.time(Missing(Reason.NONE_YET)) == "none recorded"
    assert en.several(()) == "none"


def test_an_unknown_code_is_shown_as_it_is(en: Language) -> None:
    assert en.term("codes", "quantum") == "quantum"


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_code_of_the_layer_has_words(language: str) -> None:
    words = read_words(language)
    wanted = {f"dossier.missing.{reason}" for reason in Reason}
    wanted |= {f"dossier.signature.{state}" for state in SignatureState}
    wanted |= {f"dossier.check.{step}" for step in Step}
    wanted |= {f"dossier.verdict.{outcome}" for outcome in Outcome}
    wanted |= {f"dossier.verdict_meaning.{outcome}" for outcome in Outcome}
    assert {key for key in wanted if key not in words} == set()


def test_figures_are_rounded_at_one_place_only(en: Language) -> None:
    assert en.decimal("0.12345650000000001") == "0.123457"


def test_a_step_is_called_what_is_done_there_and_not_like_a_state(
    en: Language, de: Language
) -> None:
    assert (en.step("validation"), de.step("validation")) == ("Validation", "Validierung")
    assert de.term("codes", "validation") == "in Validierung"
    assert de.step("four_eyes") == de.term("codes", "four_eyes")
    assert de.step("Modellrisikokomitee") == "Modellrisikokomitee"


def test_every_step_reads_as_done_and_nothing_as_an_order(en: Language, de: Language) -> None:
    taken = [(kind.noun, step.name) for kind in kinds() for step in kind.steps]
    assert len(taken) > 50
    for noun, name in (*taken, ("finding", "opened"), ("finding", "edited")):
        said = [language.term("codes", f"{noun}.step.{name}") for language in (en, de)]
        assert f"{noun}.step.{name}" not in said
        order = f"item.{noun}.step.{name}"
        same = order in en.words and en.words.text(order) == said[0]
        # Paper that was taken over and measurements give no orders.
        assert not same or "paper" in name or noun == "breach", said
    assert de.term("codes", "overlay.step.approve") == "Freigegeben"


def test_none_is_said_in_words_that_fit_what_it_is_said_of(german: Words, english: Words) -> None:
    language = Language(german)
    assert language.cell("due", Missing(Reason.NONE)) == "ohne Termin"
    assert language.cell("permission_answered", Missing(Reason.NONE_YET)) == "noch nicht"
    assert language.cell("findings", Missing(Reason.NONE_YET)) == "keine erfasst"
    assert language.cell("deployed_at", Missing(Reason.NONE_YET)) == "nicht mehr oder noch nicht"
    assert language.cell("due", Missing(Reason.NOT_RECORDED)).startswith("nicht verfügbar")
    assert language.cell("due", (Value(Kind.COUNT, "7"),)) == "7"
    for words in (german, english):
        named = [key for key in words.sentences if key.startswith("dossier.none_in.")]
        assert named
        for key in named:
            name = key.removeprefix("dossier.none_in.")
            places = (f"dossier.{group}.{name}" for group in ("column", "field", "section"))
            assert any(place in words for place in places), name


def test_a_number_below_nothing_has_a_minus_and_no_hyphen(en: Language, de: Language) -> None:
    assert (en.decimal("-0.4"), de.decimal("-0.4")) == ("−0.4", "−0,4")
    assert de.decimal("-1.5E-7") == "−1,5E−7"
    assert de.integer(-1284311) == "−1.284.311"
    assert de.values((Value(Kind.EXACT, "-2.0"),)) == "−2,0"
