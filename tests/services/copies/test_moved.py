"""A copy whose shared workspace moved meanwhile finds it, and forgets nothing of its outbox."""

from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.services import copies, ledger, models, workspaces
from mlops_desktop.services.care.moving import Moving, move_workspace
from mlops_desktop.services.wording import explain
from tests.services.conftest import Bank
from tests.services.test_copies import taken


def test_an_outbox_comes_home_though_the_workspace_moved_twice(
    file_bank: Bank, postgres_url: str, tmp_path: Path
) -> None:
    model = models.register_model(file_bank.session, {"name": "PD Retail"}).id
    with taken(file_bank.session, tmp_path / "train.mlops") as copy:
        models.edit_model(copy, model, {"business_line": "SME"})
        move_workspace(file_bank.session, Moving(postgres_url))
        server = workspaces.open_workspace(postgres_url, is_noted=False)
        home = str(tmp_path / "home.mlops")
        move_workspace(server, Moving(home))
        server.workspace.close()
        with copies.open_origin(copy) as team:
            assert copies.push(copy, team).held == ()
            assert copies.pull(copy, team).left == 0
            assert team.workspace.place == home
            assert ledger.verify_ledger(team).is_ok
        assert copies.state(copy).place == home
        assert ledger.verify_ledger(copy).is_ok


def test_a_copy_is_told_where_its_workspace_lies(file_bank: Bank, tmp_path: Path) -> None:
    """For a folder that was renamed; a place that fails is not kept."""
    with taken(file_bank.session, tmp_path / "train.mlops") as copy:
        known = copies.state(copy).place
        elsewhere = tmp_path / "renamed.mlops"
        with pytest.raises(AppError), copies.open_origin(copy, at=str(elsewhere)):
            pass
        assert copies.state(copy).place == known
        file_bank.session.workspace.close()
        Path(known).rename(elsewhere)
        with pytest.raises(AppError) as away, copies.open_origin(copy):
            pass
        assert (away.value.code, away.value.where) == ("copy.origin_away", known)
        for language in ("en", "de"):
            told = " ".join(explain(away.value, language, in_window=True))
            assert known in told
            assert "new workspace" not in told
            assert "neuen Arbeitsbereich" not in told
        with copies.open_origin(copy, at=str(elsewhere)) as team:
            copies.pull(copy, team)
        assert copies.state(copy).place == str(elsewhere)
