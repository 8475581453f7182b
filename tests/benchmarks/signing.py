"""Many papers confirmed, and many answers given, by one passphrase: each is signed for itself.

The floor signs as many messages with the same key and commits as many rows of 600 bytes to an
encrypted file: what remains is judging, covering, projecting and reading back.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from mlops_desktop.core import clock
from mlops_desktop.core.attestations import Answer, Target
from mlops_desktop.core.identity import Role
from mlops_desktop.ledger import signature
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services import confirmations, imports, people
from mlops_desktop.services.attestations import answering, running
from mlops_desktop.services.attestations.answering import Wish
from mlops_desktop.services.attestations.running import NewCampaign
from mlops_desktop.services.imports import Source, Wishes
from mlops_desktop.services.models import ModelFilter, list_models
from mlops_desktop.services.session import Session, Unlock
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.benchmarks.raw import Content, RawFile
from tests.benchmarks.workspaces import found_bank, own_folder
from tests.support.paper_register import paper_register

_MODELS = 400
_ROUNDS = 4
_SECRET, _SECOND, _OWNER = "elbe-und-alster", "Jonas Brandt", "Corinna Wolters"
_ROWS = Content(
    ("CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB) STRICT",),
    {"rows": [(at, bytes(600)) for at in range(100)]},
)


def measure() -> list[Line]:
    """Confirm a quarter of the papers and answer for all models in each round."""
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        second, owner = _enrol(session, _SECOND), _enrol(session, _OWNER)
        register = paper_register(folder / "register", _MODELS)
        source = Source("register.csv", register.content, folder / "register")
        imports.apply_import(session, source, Wishes(language="de", adds_people=True))
        running.open_campaign(session, _campaign())
        parts = _parts(second)
        spent = interleave(_works(folder, second, owner, iter(parts)), _ROUNDS)
        mine = len(_mine(owner))
        session.workspace.close()
    return [*_lines(spent, len(parts[0]), mine)]


def _enrol(session: Session, name: str) -> Session:
    wanted = people.Enrolment(name, (Role.VALIDATOR, Role.OWNER), _SECRET)
    made = people.enrol_person(session, wanted, lambda: _SECRET)
    acting = replace(session, actor=replace(session.actor, person=made.id))
    return people.with_passphrase(acting, _SECRET)


def _campaign() -> NewCampaign:
    due = clock.today() + timedelta(days=90)
    return NewCampaign("Inventory", "It is right.", due, (Target("100"),))


def _parts(second: Session) -> list[tuple[str, ...]]:
    """Return the papers that wait, in one part a round."""
    keys = [line.row.key for line in confirmations.list_papers(second) if line.refusal is None]
    size = len(keys) // _ROUNDS
    return [tuple(keys[at * size : (at + 1) * size]) for at in range(_ROUNDS)]


def _works(
    folder: Path, second: Session, owner: Session, parts: Iterator[tuple[str, ...]]
) -> dict[str, Callable[[], object]]:
    assert second.unlock is not None
    key = second.unlock(people.show_person(second, second.actor.person))
    return {
        "floor": partial(_sign_plainly, folder, key),
        "unlock": partial(_unlock, second),
        "confirm": lambda: confirmations.confirm_papers(second, next(parts), _held(second)),
        "answer": partial(_answer, owner),
    }


def _held(session: Session) -> Unlock:
    assert session.unlock is not None
    return session.unlock


def _unlock(session: Session) -> None:
    _held(session)(people.show_person(session, session.actor.person))


def _mine(owner: Session) -> list[Wish]:
    rows = list_models(owner, ModelFilter(owners=(_OWNER,)))
    return [Wish(row.key, Answer.CORRECT) for row in rows]


def _answer(owner: Session) -> None:
    given = answering.give_answers(owner, "AC-1", _mine(owner))
    assert given.is_recorded, given.refusals[:3]


def _sign_plainly(folder: Path, key: Credential) -> None:
    raw = RawFile(folder, _ROWS)
    for at in range(100):
        signature.sign({"number": at, "text": "x" * 600}, key)
    raw.fill()
    raw.close()


def _lines(spent: dict[str, Spent], papers: int, answers: int) -> Iterator[Line]:
    floor = spent["floor"].processor / 100
    once = spent["unlock"].processor
    yield Line("floor: sign one message and keep one row", milliseconds(floor))
    yield Line("unlocking the key, once a batch", milliseconds(once))
    # A paper is judged, covers the model as it is, sets its clock, and every watch looks at it.
    for name, number, what, limit in (
        ("confirm", papers, "papers confirmed, each", 24.0),
        ("answer", answers, "answers given, each", 4.0),
    ):
        each = (spent[name].processor - once) / number
        yield Line(f"{number} {what}", milliseconds(each), each / floor, limit, limit / 2)
