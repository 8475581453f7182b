"""What of a model is due next: what a number means is said, and nothing that has run out."""

from datetime import timedelta
from pathlib import Path

from mlops_desktop.core import clock
from mlops_desktop.core.permissions import Category, Outcome
from mlops_desktop.services import permissions, tiering
from mlops_desktop.services.permissions import NewPermission, Reply
from tests.services.conftest import Bank
from tests.services.oversight import SCAN, permit
from tests.services.steps import SECOND, add_version, bring_in, register
from tests.services.test_oversight_chapters import spoken
from tests.services.test_summary_chapter import summarised
from tests.services.test_tier_templates import written


def test_what_is_next_names_obligations_of_supervisors_and_what_a_number_means(
    file_bank: Bank,
) -> None:
    model = register(file_bank)
    add_version(file_bank, model)
    add_version(file_bank, model, "8", "sha256:bb")
    permit(file_bank, model)  # two obligations: one met, one without a day
    assert not [row for row in spoken(summarised(file_bank)) if row.text == "due.obligation"]
    terms = (("Jahresbericht", clock.today() + timedelta(days=90)),)
    need = NewPermission("8", "production", Category.PERMISSION, "EZB", "wesentlich")
    session = file_bank.as_(SECOND)
    id = permissions.need_permission(session, model, need).id
    permissions.apply_for_permission(session, id, clock.today(), "AZ 4712", SCAN)
    reply = Reply(Outcome.GRANTED, clock.today(), terms, SCAN)
    permissions.answer_permission(session, id, reply)
    labels = {one.text for one in spoken(summarised(file_bank))}
    assert {"due.obligation", "EZB, obligation 1\nEZB, Auflage 1"} <= labels


def test_an_override_that_has_run_out_is_not_what_comes_next(
    file_bank: Bank, tmp_path: Path
) -> None:
    register(file_bank)
    bring_in(file_bank, written(tmp_path), "small")
    tiering.assess_tier(file_bank.session, "1", "small", {"large": "low", "hard": "low"})
    until = clock.today() + timedelta(days=5)
    tiering.override_tier(file_bank.session, "1", 2, "Neue Verwendung geplant", until)
    assert "due.tier" in {one.text for one in spoken(summarised(file_bank))}
    later = clock.now() + timedelta(days=9)
    with clock.reading(lambda: later):
        assert "due.tier" not in {one.text for one in spoken(summarised(file_bank))}
