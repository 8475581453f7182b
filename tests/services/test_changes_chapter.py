"""The chapter on changes: by the day from which each holds, in words, as known then."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.dossier.content import Chapter, Missing
from mlops_desktop.dossier.language import Language
from mlops_desktop.services import models, tiering
from mlops_desktop.services.dossiers.chapters import changes
from mlops_desktop.services.model_links import link_models
from mlops_desktop.services.wording import LANGUAGES, read_words
from tests.services.conftest import Bank
from tests.services.steps import add_version, bring_in, register
from tests.services.test_tier_templates import written


def told(bank: Bank, as_of: AsOf = NOW) -> Chapter:
    sheet = models.show_model(bank.session, "1", as_of)
    with bank.session.workspace.read() as view:
        return changes.build(view, sheet, as_of)


def rows(chapter: Chapter, language: str = "en") -> list[tuple[str, ...]]:
    assert not isinstance(chapter.parts, Missing)
    found = chapter.parts[0].grid
    assert found is not None
    say = Language(read_words(language))
    return [tuple(say.values(cell) for cell in row) for row in found.rows]


def test_changes_stand_in_words_the_newest_first(bank: Bank) -> None:
    key = register(bank)
    add_version(bank, key)
    long_ago = datetime(2026, 1, 5, tzinfo=UTC)
    models.edit_model(bank.session, "1", {"fallback": "Scorekarte"}, effective=long_ago)
    found = told(bank)
    for language in LANGUAGES:
        shown = rows(found, language)
        assert len(shown) == 3
        assert not any("event." in text or "field." in text for row in shown for text in row)
    days = [cell[0] for cell in rows(found)]
    assert days[-1] == "5 Jan 2026"
    assert rows(found)[-1][1:3] == ("Record changed", "fallback")
    assert not isinstance(found.parts, Missing)
    assert found.parts[1].fields[0].values == Missing("none")  # type: ignore[arg-type]


def test_what_was_not_known_then_is_not_told(file_bank: Bank) -> None:
    now = clock.now()
    with clock.reading(lambda: now - timedelta(days=30)):
        register(file_bank)
    models.edit_model(file_bank.session, "1", {"fallback": "Scorekarte"})
    then = (now - timedelta(days=9)).date()
    assert len(rows(told(file_bank, AsOf(then, then)))) == 1
    assert len(rows(told(file_bank))) == 2


def test_a_rating_names_its_template_and_the_edition(file_bank: Bank, tmp_path: Path) -> None:
    register(file_bank)
    bring_in(file_bank, written(tmp_path), "small")
    tiering.assess_tier(file_bank.session, "1", "small", {"large": "low", "hard": "low"})
    (row,) = (one for one in rows(told(file_bank)) if one[1] == "Tier assessed")
    assert row[2] == "small, version 1"


def test_a_link_names_the_other_model(file_bank: Bank) -> None:
    register(file_bank)
    models.register_model(file_bank.session, {"name": "Other"})
    link_models(file_bank.session, "1", LinkKind.FEEDS, "2")
    (_, linked, what, _) = rows(told(file_bank), "de")[0]
    assert (linked, what) == ("Modell verknüpft", "liefert an\nM-00002")
