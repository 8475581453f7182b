"""An outbox that somebody tampered with brings in nothing that its author could not record."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.ledger import body as bodies
from mlops_desktop.ledger.tree import EMPTY_ROOT
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import approvals, copies, decisions, ledger, models
from mlops_desktop.services.copies.outbox import Outbox, read_outbox
from mlops_desktop.services.session import Session
from tests.services.attacks.insider import Tree
from tests.services.conftest import Bank
from tests.services.steps import APPROVE, ask
from tests.services.test_copies import taken

VALIDATOR = "Jonas Brandt"


def altered(outbox: Outbox, place: int, change: Callable[[Tree], object]) -> Outbox:
    """Return the outbox with one of its events changed, canonical again."""
    told = list(outbox.parcel.bodies)
    tree = bodies.decode(told[place])
    assert isinstance(tree, dict)
    change(tree)
    told[place] = bodies.encode(tree)
    return replace(outbox, parcel=replace(outbox.parcel, bodies=tuple(told)))


def doubled(outbox: Outbox, place: int, **news: object) -> Outbox:
    """Return the outbox with a second event like one of its own, under another id."""
    told = outbox.parcel.bodies
    outbox = replace(outbox, parcel=replace(outbox.parcel, bodies=(*told, told[place])))
    return altered(outbox, len(told), lambda tree: tree.update({"id": new_id(), **news}))


@contextmanager
def decided(bank: Bank, folder: Path) -> Iterator[tuple[Session, Session, str]]:
    """The validator's copy, in which he edited a model, asked for nothing and decided once."""
    request = ask(bank)
    team = bank.as_(VALIDATOR)
    with taken(team, folder / "train.mrm") as copy:
        models.register_model(copy, {"name": "LGD Offline"})
        decisions.decide(copy, request, APPROVE, bank.unlock(VALIDATOR))
        yield copy, team, request


def fates(team: Session, outbox: Outbox) -> list[tuple[Fate, str | None]]:
    return [(one.fate, one.rule) for one in copies.receive(team, outbox).arrivals]


GOOD = (Fate.EFFECTIVE, None)
_FIRST = {"size": 0, "root": EMPTY_ROOT.hex()}
"""A true head, but not the one that was signed."""


FOREIGN: tuple[tuple[Callable[[Tree], object], str], ...] = (
    (lambda tree: tree["actor"].update(person="somebody"), r"copy\.not_own"),
    (lambda tree: tree.update(workspace=new_id()), r"copy\.other_workspace"),
    (lambda tree: tree.update(type="model.invented"), r"copy\.event_malformed"),
    (lambda tree: tree.update(at="gestern"), r"copy\.event_malformed"),
)


def test_a_foreign_event_keeps_the_whole_outbox_out(file_bank: Bank, tmp_path: Path) -> None:
    with decided(file_bank, tmp_path) as (copy, team, _):
        size = ledger.read_state(team).size
        for change, code in FOREIGN:
            with pytest.raises(AppError, match=code):
                copies.receive(team, altered(read_outbox(copy), 0, change))
        assert ledger.read_state(team).size == size


def test_what_was_altered_replayed_or_made_up_counts_for_nothing(
    bank: Bank, tmp_path: Path
) -> None:
    with decided(bank, tmp_path) as (copy, team, request):
        outbox = read_outbox(copy)
        unsigned = altered(outbox, 1, lambda tree: tree.pop("signature"))
        rebased = altered(outbox, 1, lambda tree: tree["data"].update(seen=_FIRST))
        turned = altered(outbox, 1, lambda tree: tree["data"].update(decision="reject"))
        for forged in (unsigned, rebased, turned):
            # Under new ids, so that the true ones are not in their way afterwards.
            other = altered(forged, 1, lambda tree: tree.update(id=new_id()))
            other = altered(other, 0, lambda tree: tree.update(id=new_id(), data=_model()))
            assert fates(team, other) == [GOOD, (Fate.REFUSED, "signature")]
        assert approvals.show_request(team, request).decisions == ()
        assert fates(team, outbox) == [GOOD, GOOD]
        assert fates(team, outbox) == [], "sent again it does nothing"
        again = doubled(doubled(outbox, 0), 1)
        told = fates(team, again)
        assert told[0] == (Fate.REFUSED, "born_twice")
        assert told[1][0] is not Fate.EFFECTIVE
        other = altered(outbox, 0, lambda tree: tree.update(data=_model()))
        with pytest.raises(AppError, match=r"copy\.id_taken"):
            copies.receive(team, other)
        strange = replace(outbox, base=Seen(outbox.base.size, "ab" * 32))
        with pytest.raises(AppError, match=r"copy\.history_changed"):
            copies.receive(team, strange)
        (one,) = approvals.show_request(team, request).decisions
        assert one.person == bank.ids[VALIDATOR]
        assert ledger.verify_ledger(team).first_failure is None


def _model() -> Tree:
    return {"model": new_id(), "details": {"name": f"Erfunden {new_id()}"}}
