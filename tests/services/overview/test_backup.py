"""An overdue backup is said on every Overview, once, and on no other occasion."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import on
from mlops_desktop.services import copies, models
from mlops_desktop.services.care.backups import make_backup
from mlops_desktop.services.overview.cards import Look, Wait, Waits, Way
from mlops_desktop.services.overview.reading import read_overview
from mlops_desktop.services.workspaces import open_workspace
from mlops_desktop.ui.pages.overview.role import RoleSpec, find_roles
from tests.services.conftest import Bank
from tests.services.overview.ways import parameters


def told(look: Look, spec: RoleSpec | None = None) -> list[Wait]:
    cards = read_overview(look, (spec or find_roles()[0]).read).cards
    return [
        wait
        for at, card in enumerate(cards)
        if isinstance(card, Waits)
        for wait in card.waits
        if wait.way == Way("settings", record="backup") and at == 1
    ]


@contextmanager
def later(days: int) -> Iterator[None]:
    then = clock.now() + timedelta(days=days)
    with clock.reading(lambda: then):
        yield


@pytest.mark.parametrize("spec", find_roles(), ids=lambda spec: spec.id)
def test_every_role_reads_how_old_the_last_backup_is(
    file_bank: Bank, spec: RoleSpec, tmp_path: Path
) -> None:
    look = Look(file_bank.session)
    make_backup(file_bank.session, tmp_path / "kept.mlops")
    models.register_model(file_bank.session, {"name": "PD"})
    with later(6):
        assert told(look, spec) == []
    with later(9):
        (wait,) = told(look, spec)
    assert wait.about.key == "overview.backup.old"
    assert parameters(wait.about) == {"days": 9, "n": 1, "most": 7}
    assert wait.mood == "warn"


def test_a_file_that_was_never_backed_up_is_given_a_week(file_bank: Bank, tmp_path: Path) -> None:
    look = Look(file_bank.session)
    assert told(look) == []
    with later(8):
        (wait,) = told(look)
        assert (wait.about.key, getattr(wait.what, "key", "")) == (
            "overview.backup.never", "overview.backup.none",
        )  # fmt: skip
        assert told(Look(file_bank.session, on(date(2026, 1, 1)))) == []
        make_backup(file_bank.session, tmp_path / "kept.mlops")
        assert told(look) == []


def test_a_server_is_backed_up_by_whoever_began_to(team_bank: Bank, tmp_path: Path) -> None:
    look = Look(team_bank.session)
    with later(400):
        assert told(look) == []
    make_backup(team_bank.session, tmp_path / "kept.mlops")
    with later(8):
        assert len(told(look)) == 1


def test_a_copy_is_brought_back_and_not_backed_up(file_bank: Bank, tmp_path: Path) -> None:
    copies.take(file_bank.session, copies.Wanted(tmp_path / "copy.mlops"))
    copy = open_workspace(str(tmp_path / "copy.mlops"))
    with later(20):
        assert told(Look(copy)) == []
    copy.workspace.close()
