"""A copy is taken, worked in, and brought back: every event has its fate, both sides are equal."""

from dataclasses import replace
from pathlib import Path

from mlops_desktop.core.events.copies import Fate
from mlops_desktop.services import copies, ledger, models, workspaces
from mlops_desktop.services.session import Session
from tests.services.conftest import Bank


def taken(team: Session, path: Path) -> Session:
    """Return a copy, open, with the person acting who took it."""
    copies.take(team, copies.Wanted(path))
    return replace(workspaces.open_workspace(str(path)), actor=team.actor)


def sound(session: Session) -> bool:
    return ledger.verify_ledger(session).first_failure is None


def test_a_copy_is_worked_in_and_brought_back(bank: Bank, tmp_path: Path) -> None:
    team = bank.as_("Corinna Wolters")
    models.register_model(team, {"name": "PD Mittelstand"})
    copy = taken(team, tmp_path / "train.mrm")
    models.edit_model(copy, "M-00001", {"business_line": "SME"})
    models.register_model(copy, {"name": "LGD Offline"})
    models.edit_model(team, "M-00001", {"business_line": "Retail"})
    assert [row.type for row in copies.state(copy).unshared] == ["model.registered", "model.edited"]
    assert sound(copy)
    pushed = copies.push(copy, team)
    assert [one.fate for one in pushed.arrivals] == [Fate.STALE_BASE, Fate.EFFECTIVE]
    assert copies.push(copy, team).arrivals == ()
    assert copies.pull(copy, team).left == 0
    assert copies.state(copy).unshared == ()
    for session in (team, copy):
        assert sound(session)
        assert models.show_model(session, "M-00001").state.details.business_line == "Retail"
        (held,) = copies.conflicts(session)
        assert (held.event.type, held.fate) == ("model.edited", Fate.STALE_BASE)
        assert held.against is not None
        assert held.against.summary == "business_line"
    copy.workspace.close()
