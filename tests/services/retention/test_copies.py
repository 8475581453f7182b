"""Nothing that was erased comes back by a copy, and what it brought goes with the rest."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.copies import Fate, Settlement
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.services import copies, items, workspaces
from mlops_desktop.services.items import Given
from mlops_desktop.services.session import Session
from mlops_desktop.store.tables.ledger import disclosures
from mlops_desktop.store.tables.projected import projected
from tests.services.conftest import Bank
from tests.services.retention.erasing import SECRET, at, close, define, failure, find, run
from tests.services.steps import register

HELD = "Herr Quandt-Meyersohn"


@contextmanager
def opened(bank: Bank, path: Path) -> Iterator[Session]:
    found = workspaces.open_workspace(str(path), is_noted=False)
    with closing(found.workspace):
        yield replace(found, actor=bank.as_("Jonas Brandt").actor)


def still_says(session: Session, word: str) -> list[str]:
    """Return the tables of a workspace that hold a word anywhere."""
    with session.workspace.read() as view:
        texts = view.connection.execute(sa.select(disclosures)).all()
        found = ["disclosures"] if any(word in str(Erasable(*one).text) for one in texts) else []
        rows = {
            table.name: view.connection.execute(sa.select(table)).all()
            for table in projected.sorted_tables
        }
        return found + [name for name in rows if word in repr(rows[name])]


def title(session: Session, number: str, said: str) -> None:
    given = Given({"title": said}, reason="Anders gefasst")
    items.edit_item(session, FINDING, number, given)


@pytest.mark.parametrize("settlement", list(Settlement))
def test_what_a_copy_brought_and_was_held_back_is_erased_with_the_rest(
    bank: Bank, tmp_path: Path, settlement: Settlement
) -> None:
    path = tmp_path / "train.mlops"
    with at("2026-01-10"):
        register(bank)
        number = find(bank, "M-00001", is_closed=False)
        jonas = bank.as_("Jonas Brandt")
        copies.take(jonas, copies.Wanted(path))
        with opened(bank, path) as copy:
            title(copy, number, f"Fehlklassifikation durch {HELD}")
            title(jonas, number, "Fehlklassifikation")
            (held,) = copies.push(copy, jonas).arrivals
            assert held.fate is Fate.STALE_BASE
            copies.settle(jonas, held.event, settlement)
            copies.pull(copy, jonas)
            assert still_says(copy, HELD)
        close(bank, number)
    with at("2031-06-02"):
        define(bank)
        run(bank)
        for word in (SECRET, HELD):
            assert still_says(bank.session, word) == []
        assert failure(bank) is None
        with opened(bank, path) as copy:
            copies.pull(copy, bank.as_("Jonas Brandt"))
            for word in (SECRET, HELD):
                assert still_says(copy, word) == []


def test_an_old_copy_brings_nothing_erased_back(bank: Bank, tmp_path: Path) -> None:
    """It still holds the text, does what was held back again with it, and sends that."""
    path, outbox = tmp_path / "train.mlops", tmp_path / "outbox"
    jonas = bank.as_("Jonas Brandt")
    with at("2026-01-10"):
        register(bank)
        number = find(bank, "M-00001", is_closed=False)
        copies.take(jonas, copies.Wanted(path, lease_days=365))
        with opened(bank, path) as copy:
            title(copy, number, f"Fehlklassifikation durch {HELD}")
            title(jonas, number, "Fehlklassifikation")
            (held,) = copies.push(copy, jonas).arrivals
            copies.pull(copy, jonas)
            copies.settle(copy, held.event, Settlement.DONE_AGAIN)
            assert copies.write_outbox(copy, outbox, "Elbe-im-Nebel-42") == 2
        close(bank, number)
    with at("2031-06-02"):
        define(bank)
        run(bank)
        assert still_says(bank.session, HELD) == []
        with opened(bank, path) as copy:
            assert copies.push(copy, jonas).arrivals
        copies.receive(jonas, copies.read_outbox_file(jonas, outbox, "Elbe-im-Nebel-42"))
        for word in (SECRET, HELD):
            assert still_says(bank.session, word) == []
        assert failure(bank) is None
        with opened(bank, path) as copy:
            copies.pull(copy, jonas)
            for word in (SECRET, HELD):
                assert still_says(copy, word) == []
