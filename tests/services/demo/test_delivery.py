"""The sample bank's tests, gate, permit and experiment."""

from datetime import date

from mlops_desktop.core import clock
from mlops_desktop.core.events.experiments import ExperimentDetails
from mlops_desktop.core.version_tests import TestKind
from mlops_desktop.services import items, version_tests
from mlops_desktop.services.comparison import Comparing, compare_versions
from mlops_desktop.services.gate import ask_gate
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.permits.showing import list_permits
from mlops_desktop.services.session import Session
from tests.services.demo.bank import NOW


def test_three_of_412_tests_are_red_and_the_gate_says_so(session: Session) -> None:
    (found,) = version_tests.show_results(session, "M-00021", "2")
    told = {(one.kind.value, one.name): one for one in found.results}
    assert told["model", "assistent.antworten"].total == 412
    assert told["model", "assistent.antworten"].failed == 3
    assert {kind for kind, _ in told} == {"model", "load", "security"}
    rules = [one.rule for one in ask_gate(session, "M-00021", "2", "production").reasons]
    assert rules == ["suite_red"]


def test_the_gate_refuses_one_version_for_three_reasons_and_permits_another(
    session: Session,
) -> None:
    refused = ask_gate(session, "M-00017", "13", "production")
    rules = [one.rule for one in refused.reasons]
    assert rules == ["approval_open", "exception_open", "exception_open"]
    assert ask_gate(session, "M-00012", "31", "production").is_allowed
    (found,) = version_tests.show_results(session, "M-00012", "31")
    assert found.required == (TestKind.SECURITY, TestKind.LOAD)
    assert found.missing == ()
    (permit,) = list_permits(session)
    assert (permit.model, permit.version, permit.by) == ("M-00012", "31", "Sven Petersen")
    assert permit.expires > clock.to_text(NOW)


def test_the_experiment_was_fixed_before_it_began(session: Session) -> None:
    (row,) = items.list_items(session, ItemFilter(("experiment",)))
    details = items.show_item(session, row.id).state.details
    assert isinstance(details, ExperimentDetails)
    assert (details.champion, details.challenger, details.criterion) == ("7", "8", "gini")
    assert (details.starts, details.ends) == (date(2026, 7, 1), date(2026, 12, 31))
    assert row.opened < date(2026, 7, 1)
    wanted = Comparing(("7", "8"), "gini")
    found = compare_versions(session, "M-00005", wanted)
    assert {one.name for one in found.cautions} >= {
        "adverse_impact_age", "p95_ms", "cost_cent_per_1000",
    }  # fmt: skip
