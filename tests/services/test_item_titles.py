"""What the program opened has no title of its own, and is called by its rule wherever it stands."""

from datetime import date

import pytest

from mlops_desktop.cli.documents.items import list_answer
from mlops_desktop.core.asof import NOW
from mlops_desktop.dossier.content import Kind, Missing, Value
from mlops_desktop.dossier.language import Language
from mlops_desktop.services import items
from mlops_desktop.services.dossiers.chapters import exceptions
from mlops_desktop.services.handovers import list_held
from mlops_desktop.services.item_titles import say_place, title_of
from mlops_desktop.services.items import ItemFilter, ItemRow
from mlops_desktop.services.models import read_sheet
from mlops_desktop.services.wording import read_words
from tests.services.conftest import Bank
from tests.services.steps import add_version, register
from tests.services.watches.test_exceptions import deploy


def test_an_exception_goes_by_its_rule_in_lists_and_in_the_dossier(file_bank: Bank) -> None:
    key = register(file_bank)
    add_version(file_bank, key)
    deploy(file_bank)
    (row,) = items.list_items(file_bank.session, ItemFilter(("exception",)))
    assert title_of(read_words("de"), row) == "produktiv ohne Freigabe"
    answer = list_answer(file_bank.session, (row,))
    assert "in production without approval" in answer.text
    assert [one["title"] for one in answer.document] == [""]  # type: ignore[union-attr,index,call-overload]
    assert row.id in {one.id for one in list_held(file_bank.session, "Corinna Wolters").items}
    with file_bank.session.workspace.read() as view:
        chapter = exceptions.build(view, read_sheet(view, key), NOW)
    assert not isinstance(chapter.parts, Missing)
    assert chapter.parts[0].label == (
        "X-00001 in production without approval\nX-00001 produktiv ohne Freigabe"
    )
    told = {field.name: field.values for field in chapter.parts[0].fields}
    assert told["exception.subject"] == (
        Value(Kind.BILINGUAL, "7, production\n7, Produktivumgebung"),
    )
    assert told["exception.why"] == (Value(Kind.CODE, "exception.why.production_without_approval"),)
    german = Language(read_words("de"))
    assert german.values(told["exception.why"]).startswith("Eine Version ist produktiv")
    assert german.term("field", "exception.why") == "Was das heißt"


def test_only_an_environment_that_has_a_word_is_told_by_it() -> None:
    words = read_words("de")
    assert say_place(words, "12 production") == "12, Produktivumgebung"
    assert say_place(words, "production") == "Produktivumgebung"
    for as_it_is in ("Luxembourg", "12 prod", ""):
        assert say_place(words, as_it_is) == as_it_is


@pytest.mark.parametrize(
    ("title", "german"),
    [
        ("PSI v1.2 (Nord) 0.27 > 0.25", "PSI v1.2 (Nord) 0,27 > 0,25"),
        ("Gini -0.5 ∉ 0.1 … 0.3", "Gini -0,5 ∉ 0,1 … 0,3"),
        ("PSI 12", "PSI 12"),
        ("Quote 81.5 % < 90.25 %", "Quote 81,5 % < 90,25 %"),
        ("Wert 1.5 EUR m ∉ 2.1 … 3.3 EUR m", "Wert 1,5 EUR m ∉ 2,1 … 3,3 EUR m"),
        ("Nach 1.5 Tagen < 3.5 % ", "Nach 1.5 Tagen < 3.5 % "),
        ("Bericht 2.1", "Bericht 2.1"),
    ],
)
def test_a_breach_is_titled_with_the_decimal_sign_of_the_language(title: str, german: str) -> None:
    kind = "breach" if title != "Bericht 2.1" else "finding"
    day = date(2026, 3, 31)
    row = ItemRow(
        "1", kind, "B-00001", "open", title, "", 0, None, None, day, None, (), False, False, False
    )
    assert title_of(read_words("de"), row) == german
    assert title_of(read_words("en"), row) == title
