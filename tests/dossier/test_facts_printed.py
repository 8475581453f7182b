"""Every day and figure printed stands in the evidence, and both languages print the same."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.attachments import EVIDENCE
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.content import DossierContent
from mlops_desktop.dossier.language import Language
from tests.dossier.printing import SECTIONS, attached, days, facts_printed, figures, without_digits
from tests.dossier.sample import SERIES, content


def everything(tree: object) -> Iterator[str | int]:
    if isinstance(tree, dict):
        for member in tree.values():
            yield from everything(member)
    elif isinstance(tree, list):
        for member in tree:
            yield from everything(member)
    elif isinstance(tree, str) or (isinstance(tree, int) and not isinstance(tree, bool)):
        yield tree


@pytest.fixture(scope="module")
def neutral(english: Words, german: Words) -> dict[str, bytes]:
    """The dossier in both languages, with digits in figures and dates alone."""
    built = {}
    for words in (english, german):
        plain = without_digits(content(words.language))
        assert isinstance(plain, DossierContent)
        document = replace(plain.document, generator="MLOps Desktop")
        built[words.language] = build(replace(plain, document=document), words)
    return built


@pytest.fixture(scope="module")
def shown(neutral: dict[str, bytes]) -> dict[str, str]:
    return {language: facts_printed(pdf) for language, pdf in neutral.items()}


def test_what_was_not_reached_is_said_once(shown: dict[str, str]) -> None:
    for language, once, again in (
        ("en", "not reached", "unreachable"),
        ("de", "nicht erreicht", "nicht erreichbar"),
    ):
        assert once in shown[language]
        assert again not in shown[language]


def test_metrics_of_versions_are_called_so(shown: dict[str, str]) -> None:
    for language, name in (("en", "Metrics of the versions"), ("de", "Kennzahlen der Modellversi")):
        assert name in shown[language]


def test_both_languages_print_the_same_days(shown: dict[str, str]) -> None:
    english, german = days(shown["en"], "en"), days(shown["de"], "de")
    assert len(english) >= 60
    assert sorted(english) == sorted(german)


def test_both_languages_print_the_same_figures(shown: dict[str, str]) -> None:
    english, german = figures(shown["en"], "en"), figures(shown["de"], "de")
    assert len(english) > 100
    assert set(english) == set(german)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_day_printed_is_in_the_evidence(
    shown: dict[str, str], language: str, neutral: dict[str, bytes]
) -> None:
    evidence = attached(neutral[language])[EVIDENCE].decode()
    assert {day for day in days(shown[language], language) if day not in evidence} == set()


def test_every_figure_printed_is_in_the_evidence(
    shown: dict[str, str], neutral: dict[str, bytes], english: Words
) -> None:
    language = Language(english)
    known: set[str] = set()
    for one in everything(json.loads(attached(neutral["en"])[EVIDENCE])):
        known.update(figures(f" {one} ", "en"))
        known.add(language.decimal(str(one)).replace(",", ""))
    numbering = {str(number) for number in range(1, len(SECTIONS) + 1)}
    references = {"32", "9162", "2027", "256", "0"}  # RFC 9162, SHA-256, "from 0" in running text
    drawn = {str(len(SERIES)), str(len(content().facts.ledger.checkpoint.keys))}
    printed = set(figures(shown["en"], "en"))
    assert printed - known - numbering - references - drawn == set()
