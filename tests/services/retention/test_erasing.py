"""What is old enough goes, everything still verifies, and it is told of."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, on
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.candidates import Verdict
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.retention import Retained
from mlops_desktop.dossier.content import Missing, Reason
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.services import (
    candidates,
    custom_fields,
    declarations,
    dossiers,
    items,
    ledger,
    models,
    people,
    reviews,
)
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.items import items_chapter
from mlops_desktop.services.retention.done import list_erasures
from mlops_desktop.services.retention.erasing import preview_rule, run_rule
from mlops_desktop.services.retention.rules import define_rule, end_rule, list_rules
from mlops_desktop.store import rebuild
from mlops_desktop.store.tables.custom_fields import custom_values
from mlops_desktop.store.tables.projected import model_states
from tests.services.conftest import Bank
from tests.services.retention.erasing import (
    SECRET,
    TEXTS,
    at,
    close,
    count,
    define,
    failure,
    find,
    kept,
    run,
)
from tests.services.steps import ask, cast, register
from tests.services.test_custom_fields import COST


def test_what_is_old_enough_goes_and_everything_still_verifies(old: Bank) -> None:
    with at("2031-06-02"):
        define(old)
        seen = preview_rule(old.session, "rule")
        assert [one.id for one in seen.going] == ["F-00001"]
        fields = {text.field for text in seen.going[0].texts}
        assert fields == {"details.title", "reason"}
        assert SECRET not in repr(seen)
        assert count(old, "meyer-quitzow") == 3
        done = run(old)
        assert (done.preview.texts, done.is_purged) == (2, True)
        assert count(old, "meyer-quitzow") == 2
        row = items.show_item(old.session, "F-00001").row
        assert (row.title, row.erasure and row.erasure.day) == ("", "2031-06-02")
        title = items.show_item(old.session, "F-00001").state.details.title
        assert title is not None
        assert title.erasure is not None
        assert (title.text, title.erasure.rule) == (None, "rule")
        assert items.show_item(old.session, "F-00002").row.title == TEXTS["title"]
        with old.session.workspace.read() as view:
            assert list(rebuild.compare(view.connection)) == []
        assert failure(old) is None
        with pytest.raises(AppError, match=r"retention\.nothing_due"):
            run(old)
        find(old, "M-00001")  # what comes afterwards is projected beside what was made anew
        assert failure(old) is None


def test_erasures_are_listed_and_tied_to_what_was_shown(old: Bank) -> None:
    session, before = old.session, on(date(2031, 6, 1))
    with at("2031-06-02"):
        define(old)
        shown = preview_rule(session, "rule")
        with pytest.raises(AppError, match=r"retention\.not_as_shown"):
            run_rule(session, "rule", "Frist abgelaufen", seen="0123456789abcdef")
        assert list_erasures(session).rows == ()
        assert list_rules(session, before) == ()
        done = run_rule(session, "rule", "Frist abgelaufen", seen=shown.mark)
        found = list_erasures(session)
    with at("2031-06-03"):
        end_rule(session, "rule")
        assert [one.ended_at is None for one in list_rules(session)] == [False]
        assert [one.ended_at for one in list_rules(session, on(date(2031, 6, 2)))] == [None]
        assert list_erasures(session, rule="other").rows == ()
        assert list_erasures(session, before).rows == ()
    (row,) = found.rows
    assert (row.rule, row.reason, row.texts) == ("rule", "Frist abgelaufen", shown.texts)
    assert (row.person, row.about) == (session.actor.person, {"finding": 1})
    assert (found.kept, found.unruled) == (frozenset(), frozenset())
    assert done.preview.mark == shown.mark


def test_an_erasure_is_signed_where_the_secret_is_given_and_waits_for_no_new_certificate(
    file_bank: Bank,
) -> None:
    session = file_bank.session
    for day, name in (
        ("2025-01-10", "Erstes"),
        ("2025-01-11", "Zweites"),
        ("2025-01-12", "Drittes"),
    ):
        with at(day):
            key = register(file_bank, name=name)
            models.move_model(session, key, Move.RETIRE, reason=SECRET)
    define_rule(session, "rule", Retained.MODELS, 12, "Löschkonzept 4.2")
    with pytest.raises(AppError, match=r"signing\.secret_missing"):
        run_rule(people.with_passphrase(session, ""), "rule", "fällig")
    run_rule(session, "rule", "fällig", ("M-00001",))
    run_rule(replace(session, unlock=None), "rule", "fällig", ("M-00002",))
    with at("2039-06-02"):
        run_rule(session, "rule", "fällig", ("M-00003",))
    rows = ledger.read_log(session)
    told = {one.position: one.is_signed for one in rows if one.type == "text.erased"}
    assert [told[position] for position in sorted(told)] == [True, False, False]
    assert failure(file_bank) is None


def test_dossiers_name_the_gap_and_earlier_ones_still_verify(
    file_bank: Bank, tmp_path: Path
) -> None:
    out = tmp_path / "before.pdf"
    with at("2027-01-10"):
        key = register(file_bank)
        find(file_bank, "M-00001")
        by = file_bank.as_("Jonas Brandt")
        dossiers.export_dossier(by, Order("1", out), file_bank.unlock("Jonas Brandt"))
    with at("2028-06-02"):
        define(file_bank, months=12)
        run(file_bank)
        found = dossiers.verify_dossier(out, session=file_bank.session)
        assert found.verdict.outcome is Outcome.VALID
    with file_bank.session.workspace.read() as view:
        chapter = items_chapter("finding")(view, models.read_sheet(view, key), NOW)
    assert not isinstance(chapter.parts, Missing)
    (newest, *_) = ledger.read_log(file_bank.session, model="M-00001")
    assert (newest.type, newest.summary) == ("text.erased", "rule")
    later = tmp_path / "later.pdf"
    with at("2028-06-02"):
        dossiers.export_dossier(by, Order("1", later), file_bank.unlock("Jonas Brandt"))
        again = dossiers.verify_dossier(later, session=file_bank.session)
        assert again.verdict.outcome is Outcome.VALID
    gaps = [field.values for field in chapter.parts[0].fields if field.name == "title"]
    assert gaps == [Missing(Reason.ERASED, "2028-06-02, rule")]


def test_free_text_of_a_retired_model_goes_and_what_still_needs_it_keeps_it(bank: Bank) -> None:
    with at("2026-01-10"):
        custom_fields.define_field(bank.session, COST)
        own = {"custom.kostenstelle": f"4711, {SECRET}"}
        key = register(bank, purpose=f"Nach {SECRET}", name="PD Alt", **own)
        register(bank, name="PD Neu")
        number = find(bank, "M-00001", is_closed=False)
        define(bank, Retained.MODELS)
        models.move_model(bank.session, key, Move.RETIRE, reason=f"abgelöst durch {SECRET}")
        assert kept(bank, "M-00001") == {"M-00001": "not_due"}
        assert kept(bank, "M-00002") == {"M-00002": "model_not_retired"}
    with at("2031-06-02"):
        assert kept(bank) == {"M-00001": "open_item"}
        with pytest.raises(AppError, match=r"must_keep_open_item"):
            run(bank, "M-00001")
        close(bank, number)
        run(bank, "M-00001")
        sheet = models.show_model(bank.session, "M-00001")
        assert sheet.row.name == "PD Alt", "a name is no free text"
        purpose = sheet.state.details.purpose
        assert purpose is not None
        assert (purpose.text, purpose.erasure is not None) == (None, True)
        (own_text,) = (one.text for one in sheet.state.details.custom)
        assert own_text is not None
        assert (own_text.text, own_text.erasure is not None) == (None, True)
        assert failure(bank) is None
        with bank.session.workspace.read() as view:
            held = view.connection.execute(sa.select(custom_values.c.key)).scalars().all()
            states = view.connection.execute(sa.select(model_states.c.custom)).scalars().all()
        assert held == [""], "there is a value, and nobody can read it"
        assert not any(SECRET.casefold() in (text or "") for text in states)


def test_signed_approvals_hold_when_what_they_were_about_is_erased(bank: Bank) -> None:
    with at("2027-01-10"):
        request = ask(bank)
        for name in ("Jonas Brandt", "Miriam Sander"):
            cast(bank, request, name)
        models.move_model(bank.session, "M-00001", Move.RETIRE, reason=f"wegen {SECRET}")
        define(bank, Retained.MODELS, 12)
        assert failure(bank) is None
    with at("2028-06-02"):
        fields = {text.field for text in preview_rule(bank.session, "rule").going[0].texts}
        assert {"details.purpose", "comment", "reason"} <= fields
        assert "name" not in fields, "who signed is no free text"
        run(bank)
        assert failure(bank) is None
        sheet = reviews.show_sheet(bank.session, request)
        assert sheet.row.comment is None
        assert sheet.faults == {}
        (purpose,) = (one.then for one in sheet.fields if one.name == "model.purpose")
        assert purpose.erasure is not None
        assert (purpose.text, purpose.is_erased, purpose.erasure.rule) == ("", True, "rule")


def test_a_rejected_candidate_s_reason_goes(file_bank: Bank) -> None:
    bank = file_bank
    with at("2026-01-10"):
        for name in ("Rechner.xlsx", "Alt.xlsx"):
            declarations.declare_candidate(bank.session, name, f"R:/{name}")
        first, second = (row.id for row in candidates.list_candidates(bank.session))
        define(bank, Retained.CANDIDATES, 6)
        candidates.reject_candidate(bank.session, first, Verdict.OUT_OF_SCOPE, SECRET)
    with at("2026-08-01"):
        assert kept(bank, second) == {second: "not_rejected"}
        assert [one.id for one in run(bank).preview.going] == [first]
        assert failure(bank) is None
