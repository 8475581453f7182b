"""What a source sees serve becomes the history of deployments, each between two readings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.exceptions import ExceptionDetails
from mlops_desktop.core.events.servings import ServingDetails, ServingRole
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import deployments, items, models, sources
from mlops_desktop.services.deployments import Place
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import SyncResult, sync_source
from mlops_desktop.sources.observations import ObservedThing, Stream
from mlops_desktop.store import rebuild
from tests.services.conftest import Bank
from tests.services.registry import Registry
from tests.services.steps import add_version, register
from tests.services.test_sync_things import Monitor

FIRST = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)


def told(version: str, share: str | None = None, **more: str) -> ObservedThing:
    role = ServingRole.CHALLENGER if version == "8" else ServingRole.CHAMPION
    details = ServingDetails(
        f"pd-{version}", (Subject("PD Mittelstand (IRB)", version),), share=share, role=role
    )
    return ObservedThing(f"pd-{version}", replace(details, **more))  # type: ignore[arg-type]


def read(bank: Bank, day: int, *facts: ObservedThing) -> SyncResult:
    monitor = Monitor({Stream.DEPLOYMENTS: list(facts)})
    with clock.reading(lambda: FIRST + timedelta(days=day)):
        return sync_source(bank.session, "seldon", monitor, lambda *_: None)


def connect(bank: Bank) -> str:
    with clock.reading(lambda: FIRST - timedelta(days=9)):
        key = register(bank)
        add_version(bank, key)
        add_version(bank, key, "8")
        sources.add_source(bank.session, NewSource("folder", "seldon", "/data/serving"))
    return key


def rules(bank: Bank) -> list[tuple[str, str]]:
    rows = items.list_items(bank.session, ItemFilter(("exception",), scope=ItemScope.OPEN))
    found = [items.show_item(bank.session, row.id).state.details for row in rows]
    return [
        (str(one.rule), one.subject or "") for one in found if isinstance(one, ExceptionDetails)
    ]


def test_servings_become_deployments_between_two_readings(bank: Bank) -> None:
    key = connect(bank)
    read(bank, 0, told("7", "1.0", region="DE"))
    read(bank, 1, told("7", "0.9", region="DE"), told("8", "0.1", region="DE"))
    read(bank, 2, told("7", "0.9", region="DE"), told("8", "0.1", region="DE"))
    read(bank, 3, told("8", "0.1", region="DE"))
    rows = models.show_model(bank.session, key).deployments
    text = clock.to_text
    days = [text(FIRST + timedelta(days=day)) for day in range(4)]
    assert [(row.label, row.share, row.role, row.since, row.until) for row in rows] == [
        ("7", "1.0", "champion", days[0], days[1]),
        ("7", "0.9", "champion", days[1], days[3]),
        ("8", "0.1", "challenger", days[1], None),
    ]
    assert [(row.since_after, row.until_after) for row in rows] == [
        (None, days[0]),
        (days[0], days[2]),
        (days[0], None),
    ]
    assert {row.source for row in rows} == {"seldon"}
    then = models.show_model(bank.session, key, AsOf(at=FIRST.date())).deployments
    assert [(row.label, row.until) for row in then] == [("7", None)]
    with bank.session.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []


def test_a_same_reading_opens_nothing_anew_and_a_record_by_hand_stands_beside(
    file_bank: Bank,
) -> None:
    key = connect(file_bank)
    with clock.reading(lambda: FIRST - timedelta(days=3)):
        deployments.open_deployment(file_bank.session, key, Place("8", "production"))
    read(file_bank, 0, told("7"))
    read(file_bank, 1, told("7"))
    rows = models.show_model(file_bank.session, key).deployments
    assert [(row.label, row.source) for row in rows] == [("8", ""), ("7", "seldon")]
    assert sorted(rules(file_bank)) == [
        ("production_without_approval", "7 production"),
        ("production_without_approval", "8 production"),
    ]


def test_a_version_nobody_knows_serves_under_its_own_label_until_it_is_known(
    file_bank: Bank,
) -> None:
    key = connect(file_bank)
    read(file_bank, 0, told("12"))
    assert models.show_model(file_bank.session, key).row.serving == "12"
    add_version(file_bank, key, "12")
    read(file_bank, 1, told("12"))
    rows = models.show_model(file_bank.session, key).deployments
    assert [(row.label, bool(row.version), bool(row.until)) for row in rows] == [
        ("12", False, True),
        ("12", True, False),
    ]


def test_what_is_stopped_or_nobodys_serves_nothing(file_bank: Bank) -> None:
    key = connect(file_bank)
    other = ObservedThing("x", ServingDetails("x", (Subject("unknown"),)))
    read(file_bank, 0, told("7", status="OutOfService"), other)
    assert models.show_model(file_bank.session, key).deployments == ()


def test_a_candidate_that_a_source_sees_serve_is_an_exception_until_it_is_decided(
    bank: Bank,
) -> None:
    registry = Registry()
    registry.add("limit-optimizer-rl")
    with clock.reading(lambda: FIRST):
        sources.add_source(bank.session, NewSource("mlflow", "mlflow", "https://m.example"))
        sync_source(bank.session, "mlflow", registry, lambda *_: None)
        sources.add_source(bank.session, NewSource("folder", "seldon", "/data/serving"))
    details = ServingDetails("rl", (Subject("limit-optimizer-rl", "1"),), share="0.03")
    read(bank, 1, ObservedThing("rl", details))
    assert rules(bank) == [("not_in_inventory", "1 production")]
    (row,) = items.list_items(bank.session, ItemFilter(("exception",)))
    shown = items.show_item(bank.session, row.id).state.details
    assert isinstance(shown, ExceptionDetails)
    assert "serving rl" in shown.evidence
    read(bank, 2, ObservedThing("rl", replace(details, status="Stopped")))
    assert rules(bank) == [], "it settles once the reading agrees"
