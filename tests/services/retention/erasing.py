"""Findings about a person, a rule that erases them, and what is looked at afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.retention import Retained
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import items, ledger
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.retention.erasing import Erased, preview_rule, run_rule
from mlops_desktop.services.retention.rules import define_rule
from mlops_desktop.store.engine import WRITES
from tests.services.conftest import Bank

SECRET = "Sachbearbeiterin Meyer-Quitzow"
TEXTS = {
    "title": f"Fehlklassifikation durch {SECRET}",
    "origin": "validation",
    "severity": "high",
    "owner": "Corinna Wolters",
    "due": "2039-12-15",
}


@contextmanager
def at(day: str) -> Iterator[None]:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC, hour=9)
    with clock.reading(lambda: moment):
        yield


def close(bank: Bank, number: str) -> None:
    given = Given({}, reason=f"erledigt mit {SECRET}")
    items.take_step(bank.as_("Jonas Brandt"), FINDING, number, "withdraw", given)


def find(bank: Bank, *about: str, is_closed: bool = True) -> str:
    id = items.open_item(bank.as_("Jonas Brandt"), FINDING, Given(TEXTS, about)).id
    number = items.show_item(bank.session, id).row.number
    if is_closed:
        close(bank, number)
    return number


def define(bank: Bank, what: Retained = Retained.ITEMS, months: int = 60) -> None:
    chosen = ("finding",) if what is Retained.ITEMS else ()
    define_rule(bank.session, "rule", what, months, "Löschkonzept 4.2", chosen)


def run(bank: Bank, *only: str) -> Erased:
    return run_rule(bank.session, "rule", "Frist abgelaufen", only)


def kept(bank: Bank, *only: str) -> dict[str, str]:
    found = preview_rule(bank.session, "rule", only).kept
    return {one.id: str(one.kept) for one in found}


def failure(bank: Bank) -> str | None:
    found = ledger.verify_ledger(bank.session, whole=True).first_failure
    assert found is None or found.finding is not None
    return found.finding.error.code if found and found.finding else None


def alter(bank: Bank, statement: str, **given: str) -> None:
    engine = bank.session.workspace.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        connection.execute(sa.text(statement), given)
        connection.commit()


def count(bank: Bank, line: str) -> int:
    return items.count_items(bank.session, ItemFilter(scope=ItemScope.ALL, words=(line,)))
