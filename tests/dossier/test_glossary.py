"""The glossary: what a dossier uses is defined in both languages, and only that."""

from dataclasses import replace

import pytest

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import Chapter
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages import glossary
from mlops_desktop.dossier.pages.sheet import Sheet
from mlops_desktop.dossier.typeset.table import Table
from tests.dossier.sample import content


def sheet_of(words: Words, *chapters: str) -> Sheet:
    made = content()
    facts = replace(made.facts, chapters=tuple(Chapter(name, ()) for name in chapters))
    return Sheet(made.document, facts, Language(words), ())


def test_a_term_stands_there_only_where_its_chapter_does(english: Words) -> None:
    without = glossary.used(sheet_of(english))
    assert set(glossary.used(sheet_of(english, "waivers"))) - set(without) == {"waiver"}
    assert "approval" in without


@pytest.mark.parametrize("language", ["english", "german"])
def test_every_term_has_one_sentence(language: str, request: pytest.FixtureRequest) -> None:
    words: Words = request.getfixturevalue(language)
    for term, _ in glossary.TERMS:
        meaning = words.text(f"dossier.glossary.{term}.meaning")
        assert words.text(f"dossier.glossary.{term}.name")
        assert meaning.endswith(".")
        assert meaning.count(". ") == 0


@pytest.mark.parametrize("language", ["english", "german"])
def test_it_is_printed_as_a_table(language: str, request: pytest.FixtureRequest) -> None:
    words: Words = request.getfixturevalue(language)
    assert isinstance(glossary.build(sheet_of(words))[-1], Table)


def test_chapters_named_are_chapters_there_are(english: Words) -> None:
    for _, chapter in glossary.TERMS:
        assert chapter is None or f"dossier.section.{chapter}" in english
