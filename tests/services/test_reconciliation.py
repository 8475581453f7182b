"""What sources contradict: listed, an exception each, settled by itself once the reading agrees."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import on
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.exceptions import ExceptionDetails
from mlops_desktop.core.events.servings import ServingDetails
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.core.reconciliation import Way
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import entries, items, models, sources
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.reconciliation.filtering import parse_rows_filter
from mlops_desktop.services.reconciliation.listing import reconcile
from mlops_desktop.services.reconciliation.settling import accept_source
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import sync_source
from mlops_desktop.sources.observations import Fact, ObservedThing, Pair, Stream
from mlops_desktop.store.queries import contradictions
from mlops_desktop.store.queries.entries import list_entries
from mlops_desktop.store.queries.versions import every_deployment, list_deployments
from mlops_desktop.store.tables.projected import models as model_table
from tests.services.conftest import Bank
from tests.services.registry import Registry
from tests.services.steps import add_version, ask, cast
from tests.services.test_sync_things import Monitor

FIRST = datetime.now(UTC) + timedelta(days=12)
NAME = "PD Mittelstand (IRB)"


@dataclass
class Hand:
    """The hand of the clock that a test moves; the keys of the bank are valid from today on."""

    registry: Registry = field(default_factory=Registry)
    at: datetime = FIRST

    def read(self, bank: Bank, day: int, *facts: Fact) -> None:
        """Read the registry and what serves on a day."""
        self.at = FIRST + timedelta(days=day)
        sync_source(bank.session, "mlflow", self.registry, lambda *_: None)
        monitor = Monitor({Stream.DEPLOYMENTS: list(facts)})
        sync_source(bank.session, "seldon", monitor, lambda *_: None)


def serves(model: str, version: str, **more: str) -> ObservedThing:
    details = ServingDetails(model, (Subject(model, version),))
    return ObservedThing(f"{model}-{version}", replace(details, **more))  # type: ignore[arg-type]


def kinds(bank: Bank) -> list[tuple[str, str, str]]:
    return [
        (row.rule.value, row.told, row.exception.stage if row.exception else "")
        for row in reconcile(bank.session).rows
    ]


def opened(bank: Bank) -> list[str]:
    rows = items.list_items(bank.session, ItemFilter(("exception",), scope=ItemScope.OPEN))
    found = [items.show_item(bank.session, row.id).state.details for row in rows]
    return sorted(str(one.rule) for one in found if isinstance(one, ExceptionDetails))


@pytest.fixture
def hand(bank: Bank) -> Iterator[Hand]:
    """An approved model that a registry knows too, and a candidate beside it."""
    made = Hand(at=FIRST - timedelta(days=10))
    with clock.reading(lambda: made.at):
        request = ask(bank)
        cast(bank, request, "Jonas Brandt")
        cast(bank, request, "Miriam Sander")
        models.edit_model(bank.session, "M-00001", {"regions": "DE", "last_review": "2020-01-31"})
        sources.add_source(bank.session, NewSource("mlflow", "mlflow", "https://m.example"))
        sources.add_source(bank.session, NewSource("folder", "seldon", "/data/serving"))
        entries.link_entry(bank.session, "M-00001", "mlflow", "pd")
        made.registry.add("pd", versions=0)
        made.registry.add("limit-optimizer-rl")
        yield made


def test_owner_and_absence_are_told_and_settle_with_the_reading(bank: Bank, hand: Hand) -> None:
    model = hand.registry.models["pd"]
    hand.registry.models["pd"] = replace(model, tags=(Pair("owner", "mateusz.kowalczyk"),))
    hand.read(bank, 0)
    hand.read(bank, 1)
    assert kinds(bank) == [
        ("not_in_inventory", "limit-optimizer-rl", ""),
        ("owner_differs", "Mateusz Kowalczyk", "open"),
        ("approved_not_running", "", "open"),
    ]
    (row,) = [one for one in reconcile(bank.session).rows if one.rule == "owner_differs"]
    assert (row.held, row.source, len(row.digest)) == ("Corinna Wolters", "mlflow: pd", 64)
    assert row.ways[0] is Way.ACCEPT_SOURCE
    assert row.exception is not None
    with pytest.raises(AppError, match=r"reconcile\.not_found"):
        accept_source(bank.session, "X-00099")
    accept_source(bank.session, row.exception.number, "so vereinbart")
    assert models.show_model(bank.session, "M-00001").row.owner == "Mateusz Kowalczyk"
    assert opened(bank) == ["approved_not_running"]
    del hand.registry.models["pd"]
    hand.read(bank, 2)
    assert ("gone_at_source", "open") in [(one[0], one[2]) for one in kinds(bank)]
    then = reconcile(bank.session, on((FIRST + timedelta(days=1)).date())).rows
    assert "gone_at_source" not in {one.rule for one in then}
    models.move_model(bank.session, "M-00001", Move.RETIRE, reason="ersetzt")
    assert opened(bank) == []
    hand.registry.add("pd-neu")
    del hand.registry.models["limit-optimizer-rl"]
    hand.read(bank, 3)
    found = [told for rule, told, _ in kinds(bank) if rule == "not_in_inventory"]
    assert found == ["pd-neu"], "what no registry holds any more waits for nobody"


def test_what_serves_contradicts_by_version_digest_region_and_name(bank: Bank, hand: Hand) -> None:
    add_version(bank, models.show_model(bank.session, "M-00001").row.key, "8")
    stranger = serves("nobody-knows", "1")
    digest = {"artifact_digest": "sha256:" + "ab" * 32}
    hand.read(bank, 0, serves(NAME, "7", region="LU"), stranger)
    assert [one[0] for one in kinds(bank)] == [
        "not_in_inventory",
        "not_in_inventory",
        "use_outside_region",
    ]
    hand.registry.add("ignored")
    hand.read(bank, 1, serves(NAME, "8", region="DE", **digest), stranger)
    found = reconcile(bank.session).rows
    assert opened(bank) == ["production_without_approval"]
    keep = parse_rows_filter("kind:production-without-approval model:m-00001 mittelstand")
    (row,) = [one for one in found if keep(one)]
    assert row.source == f"seldon: serving {NAME}-8"
    changed = {"artifact_digest": "sha256:" + "cd" * 32}
    hand.read(bank, 2, serves(NAME, "8", region="DE", **changed))
    assert opened(bank) == ["digest_changed", "production_without_approval"]
    hand.read(bank, 3, serves(NAME, "7", region="DE"))
    assert opened(bank) == [], "each settles once the reading agrees"
    with pytest.raises(AppError, match=r"filter\.value_refused"):
        parse_rows_filter("kind:unknown")


def test_a_past_day_is_read_for_all_models_at_once_and_says_the_same_as_of_each(
    bank: Bank, hand: Hand
) -> None:
    hand.read(bank, 0)
    hand.read(bank, 3)
    day = on(FIRST.date())
    with bank.session.workspace.read() as view:
        connection = view.connection
        every = contradictions.every_entry_told(connection, day)
        keys = connection.execute(sa.select(model_table.c.id)).scalars().all()
        assert any(every.values())
        for key in keys:
            alone = [one for one in list_entries(connection, key, day) if one.renamed_to is None]
            told = [(one.source, one.native_id, one.missing_since) for one in every.get(key, ())]
            assert told == [
                (one.entry.source, one.entry.native_id, one.missing_since) for one in alone
            ]
        known = every_deployment(connection, day)
        for key in keys:
            assert tuple(known.get(key, ())) == list_deployments(connection, key, day)


def test_models_that_contradict_nothing_cost_no_statement_of_their_own(bank: Bank) -> None:
    def statements() -> int:
        said: list[str] = []
        engine = bank.session.workspace.engine

        def count(*given: object) -> None:
            said.append(str(given[2]))

        sa.event.listen(engine, "before_cursor_execute", count)
        try:
            reconcile(bank.session, on(clock.today()))
        finally:
            sa.event.remove(engine, "before_cursor_execute", count)
        return len(said)

    models.register_model(bank.session, {"name": "erstes"})
    few = statements()
    for number in range(12):
        models.register_model(bank.session, {"name": f"weiteres {number}"})
    assert statements() == few
