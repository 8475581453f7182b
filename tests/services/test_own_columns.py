"""Fields of the workspace's own in files: out in both languages, in with what banks write."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.services import custom_fields, imports, models
from mlops_desktop.services.differences import diff_models
from mlops_desktop.services.exports import Wish, export_models, gather
from mlops_desktop.services.imports import Given, Source, Wishes
from mlops_desktop.services.imports.own import read_decimal
from mlops_desktop.services.imports.report import Fate
from mlops_desktop.services.imports.vocabulary import name_of, targets, word_of
from mlops_desktop.services.rows import ModelFilter
from tests.services.conftest import Bank
from tests.services.steps import register
from tests.services.test_custom_fields import ALL, NOW, YES, define, said

EVERY = ModelFilter(scope=Scope.ALL)
HEAD = "Modellname;DORA-kritisch;KST;Budget (EUR);Lizenzende;Ansprechperson"
FIVE = {
    "dora": "Ja",
    "kostenstelle": "00471",
    "budget": "−12.500,5",
    "licence_end": "31.03.2027",
    "contact": "Corinna Wolters",
}


def source(*lines: str, head: str = HEAD) -> Source:
    return Source("r.csv", "\n".join((head, *lines)).encode())


def test_a_german_register_comes_in_with_columns_of_the_banks_own(bank: Bank) -> None:
    define(bank, *ALL)
    file = source(
        "PD A;ja;00471;-12.500,50 €;31.3.2027;Wolters, Corinna", "PD B;;;1234.5;;", "PD C;No;;;;"
    )
    report = imports.preview_import(bank.session, file)
    assert [use.heading for use in report.columns if use.field is None] == ["KST"]
    said_ = Wishes(columns=(Given("KST", "custom.kostenstelle"),))
    done = imports.apply_import(bank.session, file, said_)
    assert done.report.count(Fate.CREATED) == 3
    assert said(bank, "PD A") == FIVE
    assert said(bank, "PD B") == {"budget": "1.234,5"}
    assert said(bank, "PD C") == {"dora": "Nein"}
    again = imports.preview_import(bank.session, file)  # KST is remembered
    assert again.count(Fate.UNCHANGED) == 3
    assert imports.show_import(bank.session, str(done.id))[1] == done.report
    assert name_of("custom.contact", "de", report.own) == "Ansprechperson"
    assert word_of("custom.dora", "yes", "de", report.own) == "Ja"


def test_a_cell_is_refused_with_its_row_and_column(file_bank: Bank) -> None:
    define(file_bank, *ALL)
    custom_fields.amend_field(
        file_bank.session, "dora", custom_fields.Amendment(choices=(YES,), is_required=True)
    )
    report = imports.preview_import(
        file_bank.session,
        source(
            "PD A;vielleicht;;viel;bald;Niemand",
            "PD B;Nein;;;;",  # a choice that is no longer offered
            "PD C;;;;;",  # and one that is needed
            "PD D;Ja;;;;",
        ),
    )
    assert {(one.row, one.letter, one.code) for one in report.refusals} == {
        (2, "B", "import.value_unknown"),
        (2, "D", "import.no_decimal"),
        (2, "E", "import.not_a_date"),
        (2, "F", "import.person_unknown"),
        (3, "B", "model.field_refused"),
        (4, "B", "field.required"),
    }


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("1.234", "de", "1234"),
        ("1.234", "en", "1.234"),
        ("1234.56", "de", "1234.56"),
        ("1.234,56", None, "1234.56"),
        ("12,5", None, "12.5"),
        ("EUR 1'000", None, None),
        ("1.234", None, None),
    ],
)
def test_a_number_that_could_be_two_is_refused(
    text: str, language: str | None, number: str | None
) -> None:
    if number is not None:
        assert read_decimal(text, language) == number
        return
    with pytest.raises(AppError, match=r"import\.(number_ambiguous|no_decimal)"):
        read_decimal(text, language)


@pytest.mark.parametrize(
    ("name", "language"), [("x.csv", "de"), ("x.csv", "en"), ("x.xlsx", "de"), ("x.json", "en")]
)
def test_an_export_comes_back_as_nothing_and_an_edited_one_as_its_differences(
    file_bank: Bank, tmp_path: Path, name: str, language: str
) -> None:
    bank = file_bank
    define(bank, *ALL)
    texts = {"custom.dora": "no", "custom.kostenstelle": "=4711", "custom.budget": "-1234.5"}
    more = {"custom.licence_end": "2027-03-31", "custom.contact": "Corinna Wolters"}
    register(bank, name="PD A", **texts, **more)
    register(bank, name="PD B")
    # What is no longer offered, and what is archived, is no difference where nobody edits it.
    custom_fields.amend_field(bank.session, "dora", custom_fields.Amendment(choices=(YES,)))
    custom_fields.archive_field(bank.session, "contact")
    place = tmp_path / name
    export_models(bank.session, Wish(EVERY, language=language), place)
    report = imports.preview_import(bank.session, imports.read_file(place))
    assert report.is_clean
    assert [one.fate for one in report.rows] == [Fate.UNCHANGED] * 2
    assert "contact" not in place.read_bytes().decode("utf-8", "ignore")
    if not name.endswith("csv"):
        return
    number = (b"-1.234,5", b"-7,25") if language == "de" else (b"-1234.5", b"-7.25")
    edited = place.read_bytes().replace(*number)
    assert edited != place.read_bytes()
    done = imports.apply_import(bank.session, Source(name, edited))
    (row,) = [one for one in done.report.rows if one.differences]
    (difference,) = row.differences
    assert (difference.field, difference.after) == ("custom.budget", "-7.25")
    assert said(bank, "PD A")["budget"] == "−7,25"


def test_columns_are_chosen_with_or_without_their_prefix(file_bank: Bank) -> None:
    define(file_bank, *ALL)
    custom_fields.archive_field(file_bank.session, "contact")
    register(file_bank, **{"custom.budget": "3"})
    wish = Wish(EVERY, ("name", "budget", "custom.contact"))
    content = gather(file_bank.session, wish)
    assert content.columns == ("name", "custom.budget", "custom.contact")
    with pytest.raises(AppError, match="column_unknown"):
        gather(file_bank.session, Wish(EVERY, ("colour",)))
    whole = gather(file_bank.session, Wish(EVERY)).columns
    assert "custom.budget" in whole
    assert "custom.contact" not in whole
    assert "custom.contact" not in targets(content.own)


def test_the_difference_between_two_days_names_own_fields(bank: Bank) -> None:
    with clock.reading(lambda: NOW - timedelta(days=9)):
        define(bank, *ALL)
        model = register(bank, **{"custom.dora": "no", "custom.budget": "3"})
    with clock.reading(lambda: NOW):
        texts = {"custom.dora": "", "custom.contact": "Jonas Brandt"}
        models.edit_model(bank.session, model, texts)
    days = (NOW - timedelta(days=5)).date(), NOW.date()
    (found,) = diff_models(bank.session, *days)
    assert [(one.field, one.before, one.after) for one in found.fields] == [
        ("custom.contact", None, "Jonas Brandt"),
        ("custom.dora", "no", None),
    ]
    assert diff_models(bank.session, days[0], datetime(2026, 11, 16, tzinfo=UTC).date()) == ()
