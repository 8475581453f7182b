"""The sample bank's dossiers: valid, found out where altered, the same in both languages."""

from dataclasses import replace

import pytest

from mlops_desktop.core.asof import AsOf
from mlops_desktop.services.demo import DemoResult
from mlops_desktop.services.dossiers import list_dossiers, verify_dossier
from mlops_desktop.services.session import Session
from tests.dossier.judging import judge_alone
from tests.services.languages import contents_of, printed


def test_the_dossier_is_valid_and_its_altered_copy_is_found_out(
    session: Session, demo: DemoResult
) -> None:
    assert (demo.verdict, demo.altered_verdict) == ("valid", "changed")
    assert len({row.key for row in list_dossiers(session)}) == 6
    for path in demo.drawer:
        found = verify_dossier(path, session=session)
        assert (found.verdict.outcome.value, found.is_recorded) == ("valid", True)


def test_whoever_does_not_install_us_finds_them_whole_too(demo: DemoResult) -> None:
    """The last is of a day on which the workspace has two devices, and one signed its head."""
    found = {judge_alone(path.read_bytes(), None) for path in (*demo.drawer, demo.dossier)}
    assert {verdict for verdict, _ in found} == {"untrusted"}
    assert judge_alone(demo.altered.read_bytes(), None)[0] == "changed"


@pytest.mark.parametrize("model", ["M-00002", "M-00005", "M-00015"])
def test_the_richest_dossiers_say_the_same_in_both_languages(session: Session, model: str) -> None:
    told = contents_of(session, model, AsOf())
    english, german = told["en"], told["de"]
    assert (english.facts, english.leaves) == (german.facts, german.leaves)
    assert replace(german.document, id="", language="", classification="") == replace(
        english.document, id="", language="", classification=""
    )
    days, figures = printed(english)
    assert days.total() > 400
    assert figures.total() > 600
    assert (days, figures) == printed(german)
