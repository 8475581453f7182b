"""What is measured of the sample bank's models, and what people reported of them."""

from collections import Counter
from datetime import date

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.feedback import FeedbackDetails
from mlops_desktop.core.events.thresholds import Level
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import feedback, items, model_links, models
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.monitoring.detail import show_monitoring
from mlops_desktop.services.monitoring.listing import list_breaches
from mlops_desktop.services.monitoring.reading import list_metrics
from mlops_desktop.services.session import Session
from tests.services.demo.bank import NOW


def test_what_is_measured_goes_wrong_as_it_does_in_life(session: Session) -> None:
    rows = {(row.model, row.metric, row.segment): row for row in list_metrics(session)}
    stands = {key: (row.state.value, row.value) for key, row in rows.items()}
    assert stands["M-00002", "PSI", ""] == ("red", "0.27")
    assert stands["M-00002", "Gini", ""] == ("green", "0.66")
    assert stands["M-00013", "Meldequote", ""] == ("amber", "4.2")
    assert stands["M-00021", "Groundedness", ""] == ("red", "0.94")
    silent = rows["M-00014", "Erkennungsrate", ""]
    assert silent.state.value == "unmeasured"
    assert silent.since is not None
    assert (NOW.date() - silent.since.date()).days == 94
    breached = {row.model: row for row in list_breaches(session)}
    assert breached["M-00002"].stage == breached["M-00021"].stage == "planned"
    linked = breached["M-00002"].details.linked
    assert {number[0] for number in linked} == {"F", "O"}, "its finding and its overlay"
    levels = {
        (one.since.year, one.bounds.warning)
        for one in show_monitoring(session, "M-00012", metric="AUC").metrics[0].verdicts
    }
    assert levels == {(2024, "0.92"), (2025, "0.93")}, "old evaluations keep the old threshold"
    goal = show_monitoring(session, "M-00015", metric="Kündigungsquote").metrics[0].row.goal
    assert goal is not None
    assert goal.level is Level.RED


def test_what_a_hand_recorded_agrees_with_what_was_measured(session: Session) -> None:
    details = models.show_model(session, "M-00002", AsOf(date(2026, 4, 20))).state.details
    assert details.monitoring_status == "breached"
    assert details.monitoring_note is not None
    assert "PSI 0,27" in str(details.monitoring_note.text)


def test_212_cases_are_counted_answered_or_made_a_finding(session: Session) -> None:
    counts = feedback.count_feedback(session, "M-00015")
    by_cause: Counter[str] = Counter()
    for one in counts:
        by_cause[one.cause] += one.cases
    assert by_cause == {
        "wäre ohnehin geblieben": 108, "war schon weg": 63, "nicht erreichbar": 41,
    }  # fmt: skip
    assert sum(one.open for one in counts) == 0
    wanted = ItemFilter(("feedback",), scope=ItemScope.ALL, models=(_key(session, "M-00015"),))
    stages = Counter(row.stage for row in items.list_items(session, wanted))
    assert stages == {"answered": 9, "taken_up": 203}
    then = feedback.count_feedback(session, "M-00015", AsOf(known=date(2026, 5, 12)))
    assert sum(one.open for one in then) == 212, "as known before the first answer"


def _key(session: Session, named: str) -> str:
    return models.show_model(session, named).row.key


def test_the_misread_payslip_leads_to_the_model_that_read_it(session: Session) -> None:
    wanted = ItemFilter(("feedback",), scope=ItemScope.ALL, models=(_key(session, "M-00022"),))
    (row,) = items.list_items(session, wanted)
    sheet = items.show_item(session, row.id)
    assert [one.id for one in sheet.models] == ["M-00022", "M-00005"]
    assert isinstance(sheet.state.details, FeedbackDetails)
    assert sheet.state.details.reference is not None
    assert sheet.state.details.reference.text == "ELB-2026-0418-77310"
    feeds = {one.model.id for one in model_links.trace_links(session, "M-00005", upstream=True)}
    assert feeds == {"M-00022"}
