"""Drafts outlive the window at this desk, for their person alone, and are no clear text."""

from dataclasses import replace
from datetime import UTC, datetime

from mlops_desktop import paths
from mlops_desktop.services.kept_drafts import KeptDraft, can_keep, keep_drafts, read_drafts
from tests.services.conftest import Bank

DRAFT = KeptDraft(
    "ItemForm",
    "Open a finding",
    datetime(2026, 11, 28, 9, tzinfo=UTC),
    (("Title", "PSI too high"),),
)


def test_drafts_are_sealed_for_their_person_and_forgotten_when_sent(bank: Bank) -> None:
    mine = bank.session
    assert can_keep(mine)
    keep_drafts(mine, (DRAFT,))
    assert read_drafts(mine) == (DRAFT,)
    (kept,) = (paths.home() / "drafts").iterdir()
    assert b"PSI" not in kept.read_bytes()

    other = replace(mine, actor=replace(mine.actor, person="somebody-else"))
    assert read_drafts(other) == ()
    assert read_drafts(replace(mine, desk_key=bytes(32))) == ()
    assert not can_keep(replace(mine, desk_key=None))
    keep_drafts(mine, ())
    assert read_drafts(mine) == ()
    assert not kept.exists()


def test_a_damaged_file_of_drafts_is_none(bank: Bank) -> None:
    keep_drafts(bank.session, (DRAFT,))
    (kept,) = (paths.home() / "drafts").iterdir()
    kept.write_bytes(kept.read_bytes()[:-3])
    assert read_drafts(bank.session) == ()
