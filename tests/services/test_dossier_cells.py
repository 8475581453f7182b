"""Cells of a dossier that would be read wrongly if they said less."""

from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest

from mlops_desktop.core.events.thresholds import Bounds, Side
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.dossier.content import Field, Kind, Missing, Reason, Value
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.inventory import _value
from mlops_desktop.dossier.pages.sheet import Sheet
from mlops_desktop.services.dossiers.chapters.summary import _release
from mlops_desktop.services.dossiers.items import _reason, _values
from mlops_desktop.services.dossiers.measured import bounds_cells
from mlops_desktop.services.dossiers.portfolio.tables import _due
from mlops_desktop.services.session import must_commit
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.versions import VersionRow
from tests.dossier.sample import content


def test_both_ends_of_a_band_say_on_which_side_they_are() -> None:
    band = Bounds(Side.BAND, "-5", "-10", "5", "10")
    said = Language(read_words("de")).values
    assert [said(cell) for cell in bounds_cells(band, "%")] == [
        "unter \N{MINUS SIGN}5\xa0%\nüber 5\xa0%", "unter \N{MINUS SIGN}10\xa0%\nüber 10\xa0%",
    ]  # fmt: skip
    one = Bounds(Side.ABOVE, "0.1")
    assert [said(cell) for cell in bounds_cells(one)] == ["0,1", "keine"]


def test_a_finding_whose_risk_was_accepted_says_until_when() -> None:
    def said(due: date | None, expires: date | None) -> str:
        row = SimpleNamespace(due=due, expires=expires)
        return Language(read_words("de")).cell("due", _due(cast(ItemRow, row)))

    assert said(None, date(2027, 6, 30)) == "akzeptiert bis 30.06.2027"
    assert said(date(2026, 1, 31), date(2027, 6, 30)) == "31.01.2026"
    assert isinstance(_due(cast(ItemRow, SimpleNamespace(due=None, expires=None))), Missing)


@pytest.mark.parametrize(
    ("version", "release", "said"), [("3", "v4.2", " (v4.2)"), ("7", "v7", ""), ("7", "", "")]
)
def test_a_version_is_called_as_the_bank_calls_it_too(
    version: str, release: str, said: str
) -> None:
    tags = (Pair("release", release),) if release else ()
    row = SimpleNamespace(details=SimpleNamespace(version=version, tags=tags))
    assert _release(cast(VersionRow, row)) == said


def test_what_called_for_a_validation_is_measured_in_each_language() -> None:
    (told,) = _reason(VALIDATION, "trigger", "PSI 0.27 > 0.25")
    assert Language(read_words("de")).values((told,)) == "PSI 0,27 > 0,25"
    assert Language(read_words("en")).values((told,)) == "PSI 0.27 > 0.25"
    (told,) = _values(VALIDATION, must_commit("-0.6 > -2"))  # type: ignore[misc]
    assert Language(read_words("de")).values((told,)) == "-0,6 > -2"
    for step, text in (("trigger", "Kontoumsätze"), ("judge", "Gini 0.66")):
        assert _reason(VALIDATION, step, text) == (Value(Kind.TEXT, text),), "a person's words"


def test_the_record_says_since_when_a_model_serves_that_does_not_serve() -> None:
    sheet = Sheet(content("de").document, content("de").facts, Language(read_words("de")), ())
    field = Field("deployed_at", Missing(Reason.NONE_YET))
    assert _value(sheet, field) == "nicht mehr oder noch nicht"
