"""The regulatory matrix: each rule leads to the section of its evidence, and is a row to tick."""

import csv
from io import StringIO
from pathlib import Path

import pikepdf

from mlops_desktop.dossier.checklist import checklist
from mlops_desktop.dossier.content import Chapter, Grid, Kind, Missing, Part, Value
from mlops_desktop.dossier.language import Language
from mlops_desktop.services import dossiers
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.evidence_places import place_of, places_of
from mlops_desktop.services.dossiers.sections import list_sections
from mlops_desktop.services.profiles.library import shipped_profiles
from mlops_desktop.services.profiles.standing import activate_profile
from mlops_desktop.services.wording import read_words
from tests.dossier.sample import content, with_facts
from tests.services.conftest import Bank
from tests.services.steps import register


def test_every_rule_that_ships_leads_to_a_section_that_is_printed() -> None:
    known = {one.name for one in list_sections()}
    for profile in shipped_profiles():
        for rule in profile.rules:
            places = places_of(rule)
            assert places
            assert set(places) <= known
    named = {name for profile in shipped_profiles() for name in profile.names}
    assert {name for name in named if place_of(name) == "ledger"} <= set()


def test_german_citations_have_no_english_word() -> None:
    english = ("Annex", "Article", "Regulation (EU)", "Section", "Principle", "Appendix")
    for profile in shipped_profiles():
        cited = [profile.citation.de, *(rule.citation.de for rule in profile.rules)]
        for text in cited:
            assert not any(word in text for word in english), text


def test_the_checklist_has_a_row_for_each_rule_in_the_dossiers_language(
    file_bank: Bank, tmp_path: Path
) -> None:
    register(file_bank)
    activate_profile(file_bank.session, "marisk-at-4-3-5")
    (profile,) = [one for one in shipped_profiles() if one.id == "marisk-at-4-3-5"]
    for language in ("en", "de"):
        out = tmp_path / f"{language}.pdf"
        dossiers.draft_dossier(file_bank.session, Order("1", out, language))
        with pikepdf.open(out) as pdf:
            kept = pdf.attachments["checklist.csv"]
            assert str(kept.obj.AFRelationship) == "/Supplement"
            text = kept.get_file().read_bytes().decode("utf-8-sig")
        head, *rows = csv.reader(StringIO(text))
        assert {len(row) for row in rows} == {len(head)}
        assert {row[1] for row in rows} == {rule.id for rule in profile.rules}
        inventory = read_words(language).text("dossier.section.inventory")
        assert any(inventory in row[-1] for row in rows)


def test_no_cell_of_the_checklist_becomes_a_formula() -> None:
    said = (Value(Kind.TEXT, "=cmd()"),)
    columns = ("rule", "rule_title", "page")
    row = ((Value(Kind.TEXT, "-1"), Value(Kind.TEXT, "@x")), said, (Value(Kind.PAGE, "ledger"),))
    part = Part("own", "=Haus", grid=Grid(columns, (row,)))
    facts = with_facts(content(), chapters=(Chapter("regulation", (part,)),)).facts
    (file,) = checklist(facts, Language(read_words("en")))
    _, told = csv.reader(StringIO(file.data.decode("utf-8-sig")))
    assert told == ["'=Haus", "'-1", "'@x", "'=cmd()", "Ledger extract"]
    assert not isinstance(facts.chapters[0].parts, Missing)
