"""What the sample bank's sources told: one is silent, one entry is gone."""

from datetime import timedelta

from mlops_desktop.core import clock
from mlops_desktop.services import models, sources
from mlops_desktop.services.session import Session
from tests.services.demo.bank import OPENING, all_models


def test_the_registry_was_read_through_to_the_recording_itself(session: Session) -> None:
    by_name = {row.name: row for row in sources.list_sources(session)}
    recorded = by_name["mlflow"]
    assert recorded.result is not None
    assert recorded.result.failures == ()
    # datasets and the runs behind versions were first read on the last day
    counts = recorded.result.counts
    assert (counts.unchanged, counts.new, counts.read) == (99, 223, 322)
    again = sources.sync(session, "mlflow", lambda *_: None)
    assert again.is_unchanged


def test_one_source_has_been_silent_for_eight_days(session: Session) -> None:
    (row,) = [one for one in sources.list_sources(session) if one.name == "mlflow-luxemburg"]
    assert row.completed_at is not None
    assert row.result is not None
    assert {failure.code for failure in row.result.failures} == {"unreachable"}
    last_good = clock.from_text(row.completed_at).date()
    assert OPENING - last_good == timedelta(days=9)


def test_one_entry_is_gone_at_its_source(session: Session) -> None:
    missing = {
        (id, entry.entry.native_id, clock.from_text(entry.missing_since).date())
        for id in all_models(session)
        for entry in models.show_model(session, id).entries
        if entry.missing_since
    }
    day = OPENING - timedelta(days=17)
    assert missing == {("M-00023", "klimarisiken-immobilien", day)}
