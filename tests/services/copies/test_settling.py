"""A conflict is settled once, and doing it again never makes what nobody may record anew."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mlops_desktop.core import fate_table
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.copies import Fate, Settlement
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.core.events.thresholds import Bounds, Side
from mlops_desktop.services import copies, models, workspaces
from mlops_desktop.services.models import ModelFilter, list_models
from mlops_desktop.services.monitoring.thresholds import NewThreshold, end_threshold, set_threshold
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import explain
from mlops_desktop.store import arriving
from tests.services.conftest import Bank


@contextmanager
def taken(team: Session, path: Path) -> Iterator[Session]:
    """Open a copy made for who acts."""
    copies.take(team, copies.Wanted(path))
    opened = workspaces.open_workspace(str(path), is_noted=False)
    with closing(opened.workspace):
        yield replace(opened, actor=team.actor)


def test_a_name_that_is_taken_is_not_registered_again(file_bank: Bank, tmp_path: Path) -> None:
    team = file_bank.session
    with taken(team, tmp_path / "train.mlops") as copy:
        models.register_model(copy, {"name": "PD Retail"})
        models.register_model(team, {"name": "PD Retail"})
        (arrival,) = copies.push(copy, team).arrivals
    assert arrival.fate is Fate.NUMBER_TAKEN
    with pytest.raises(AppError, match=r"copy\.not_again") as refused:
        copies.settle(team, arrival.event, Settlement.DONE_AGAIN)
    said = "(zurückgehalten: Nummer oder Name inzwischen vergeben)."
    assert explain(refused.value, "de")[0].endswith(said)
    assert [row.name for row in list_models(team, ModelFilter())] == ["PD Retail"]
    copies.settle(team, arrival.event, Settlement.KEPT)
    assert copies.conflicts(team) == ()


def test_a_conflict_settled_in_two_places_is_settled_once(file_bank: Bank, tmp_path: Path) -> None:
    team = file_bank.session
    model = models.register_model(team, {"name": "PD Retail"}).id
    with taken(team, tmp_path / "train.mlops") as copy:
        models.edit_model(copy, model, {"business_line": "SME"})
        models.edit_model(team, model, {"business_line": "Retail"})
        (held,) = copies.push(copy, team).arrivals
        copies.pull(copy, team)
        copies.settle(copy, held.event, Settlement.KEPT)
        told = copies.settle(team, held.event, Settlement.KEPT)
        (late,) = copies.push(copy, team).arrivals
    assert (late.fate, late.against) == (Fate.DECIDED_ALREADY, told.id)
    with pytest.raises(AppError, match=r"copy\.not_again"):
        copies.settle(team, late.event, Settlement.DONE_AGAIN)
    copies.settle(team, late.event, Settlement.KEPT)
    (first,) = [one for one in copies.conflicts(team, settled=True) if one.event.id == held.event]
    assert first.settled is not None
    assert first.settled.id == told.id


def test_settling_again_what_rests_on_held_is_refused(file_bank: Bank, tmp_path: Path) -> None:
    """The settlement names an event that was itself held back: it would count for nothing."""
    team = file_bank.session
    model = models.register_model(team, {"name": "PD Retail"}).id
    with taken(team, tmp_path / "train.mlops") as copy:
        models.edit_model(copy, model, {"business_line": "SME"})
        models.edit_model(team, model, {"business_line": "Retail"})
        (held,) = copies.push(copy, team).arrivals
        copies.pull(copy, team)
        copies.settle(copy, held.event, Settlement.DONE_AGAIN)
        models.edit_model(team, model, {"business_line": "Corporate"})
        again, late = copies.push(copy, team).arrivals
    assert (again.fate, late.fate) == (Fate.STALE_BASE, Fate.RESTS_ON_HELD)
    with pytest.raises(AppError, match=r"copy\.not_again"):
        copies.settle(team, late.event, Settlement.DONE_AGAIN)
    copies.settle(team, again.event, Settlement.DONE_AGAIN)
    assert models.show_model(team, model).state.details.business_line == "SME"


def _limit(session: Session, least: str) -> str:
    wanted = NewThreshold("gini", Bounds(Side.BELOW, warning=least), reason="Nachgemessen")
    return set_threshold(session, "M-00001", wanted).id


def test_a_limit_held_back_once_may_be_set_again(file_bank: Bank, tmp_path: Path) -> None:
    """A limit set again keeps its id: what was held back of it makes nothing that others have."""
    team = file_bank.session
    models.register_model(team, {"name": "PD Retail"})
    _limit(team, "0.5")
    with taken(team, tmp_path / "train.mlops") as copy:
        _limit(copy, "0.4")
        _limit(team, "0.45")
        (held,) = copies.push(copy, team).arrivals
        assert held.fate is Fate.STALE_BASE
        copies.pull(copy, team)
        _limit(copy, "0.3")
        (later,) = copies.push(copy, team).arrivals
        assert later.fate is Fate.EFFECTIVE


def test_a_new_limit_held_back_is_done_again_in_a_copy(file_bank: Bank, tmp_path: Path) -> None:
    """What makes a thing does not rest on its own first try, nor what comes later on that."""
    team = file_bank.session
    models.register_model(team, {"name": "PD Retail"})
    with taken(team, tmp_path / "train.mlops") as copy:
        made = _limit(copy, "0.4")
        _limit(team, "0.45")
        (held,) = copies.push(copy, team).arrivals
        copies.pull(copy, team)
        copies.settle(copy, held.event, Settlement.DONE_AGAIN)
        end_threshold(copy, made, "Nicht mehr gemessen")
        assert {one.fate for one in copies.push(copy, team).arrivals} == {Fate.EFFECTIVE}
        copies.pull(copy, team)
        again = _limit(copy, "0.2")
        assert [one.fate for one in copies.push(copy, team).arrivals] == [Fate.EFFECTIVE], again


def test_a_limit_is_set_and_set_again_in_one_copy(file_bank: Bank, tmp_path: Path) -> None:
    team = file_bank.session
    models.register_model(team, {"name": "PD Retail"})
    with taken(team, tmp_path / "train.mlops") as copy:
        assert _limit(copy, "0.4") == _limit(copy, "0.45")
        arrivals = copies.push(copy, team).arrivals
    assert [one.fate for one in arrivals] == [Fate.EFFECTIVE] * 2


def test_whatever_is_set_again_under_its_id_is_found_in_the_store() -> None:
    told = {name for name, made in fate_table.makes().items() if made.is_set_again}
    assert told == {name_of(kind) for kind in arriving.VERSIONS}
