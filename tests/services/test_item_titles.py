"""What the program opened has no title of its own, and is called by its rule wherever it stands."""

from datetime import date

import pytest

from mlops_desktop.cli.documents.items import list_answer
from mlops_desktop.core.asof import NOW
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.dossier.content import Kind, Missing, Value
from mlops_desktop.dossier.language import Language
from mlops_desktop.services import items
from mlops_desktop.services.dossiers.chapters import exceptions
from mlops_desktop.services.dossiers.shown_by import shown_by
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
    assert title_of(read_words("de"), row) == "Produktiv ohne Freigabe"
    answer = list_answer(file_bank.session, (row,))
    assert "in production without approval" in answer.text
    assert [one["title"] for one in answer.document] == [""]  # type: ignore[union-attr,index,call-overload]
    assert row.id in {one.id for one in list_held(file_bank.session, "Corinna Wolters").items}
    with file_bank.session.workspace.read() as view:
        chapter = exceptions.build(view, read_sheet(view, key), NOW)
    assert not isinstance(chapter.parts, Missing)
    assert chapter.parts[0].label == (
        "X-00001 In production without approval\nX-00001 Produktiv ohne Freigabe"
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


def test_the_dossier_labels_what_shows_that_a_rule_was_broken(file_bank: Bank) -> None:
    key = register(file_bank)
    texts = {
        "rule": "use_outside_purpose",
        "subject": "production",
        "evidence": "A-00042, Protokoll",
    }
    items.open_item(file_bank.session, kind_named("exception"), items.Given(texts, ("M-00001",)))
    with file_bank.session.workspace.read() as view:
        chapter = exceptions.build(view, read_sheet(view, key), NOW)
    assert not isinstance(chapter.parts, Missing)
    (told,) = (one for one in chapter.parts[0].fields if one.name == "exception.evidence")
    shown = Language(read_words("de")).values(told.values)
    assert shown == "Freigabeantrag: A-00042\nAngabe: Protokoll"


def test_each_entry_of_evidence_says_what_it_is() -> None:
    digest = "77c038bf55a56143c36894c3aa831bcfe581852fe0fc2eb89f1d961a0db9d30a"
    kept = (
        "A-01085", digest, "2026-01-15T18:30:00.000Z", "mlflow: churn", "Olaf Clausen",
        "alias champion",
    )  # fmt: skip
    told = shown_by(kept, {"Olaf Clausen"})
    assert Language(read_words("de")).values(told).split("\n") == [
        "Freigabeantrag: A-01085",
        f"Antwort der Quelle (SHA-256): {digest}",
        "Gelesen: 15.01.2026, 18:30:00 UTC",
        "Eintrag der Quelle: mlflow: churn",
        "Person: Olaf Clausen",
        "Angabe: alias champion",
    ]
    english = Language(read_words("en")).values(told).split("\n")
    assert english[0] == "Approval request: A-01085"
    assert english[2] == "Read: 15 Jan 2026, 18:30:00 UTC"
    assert english[-1] == "As told: alias champion"
