"""A bank with a past worth attacking, and what lies outside of its database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from mlops_desktop import paths
from mlops_desktop.dossier.verify import read_evidence
from mlops_desktop.ledger.checkpoint import Checkpoint, read_unverified
from mlops_desktop.services import approvals, decisions, dossiers, ledger, models
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.continuation import compare_head
from mlops_desktop.services.session import Session
from mlops_desktop.store.engine import WRITES
from mlops_desktop.store.queries.people import list_certificates
from mlops_desktop.store.unit_of_work import ReadSession
from mlops_desktop.store.workspace import Workspace
from tests.services.attacks.insider import Insider
from tests.services.conftest import Bank
from tests.services.steps import APPROVE, add_version, register

OWNER, VALIDATOR, COMPLIANCE = "Corinna Wolters", "Jonas Brandt", "Miriam Sander"
LEVELS = {
    "V1": {"positions", "forms", "leaves", "heads", "rows", "disclosures", "answers", "points"},
    "V2": {"decisions", "rules"},
    "V3": {"last_seen"},
}
"""What each level of the table looks at; V4 is a head in a dossier kept elsewhere."""


@dataclass(frozen=True)
class Seeing:
    """Which levels found something, and where each check says that it begins."""

    levels: str
    places: dict[str, int]
    """Where each check that failed says that it begins."""


class _AlteredView(ReadSession):
    """Reads what a transaction sees that is never committed."""

    def __init__(self, connection: sa.Connection, workspace: str) -> None:
        super().__init__(connection.engine, workspace)
        self._altered = connection

    def __enter__(self) -> Self:
        self.connection = self._altered
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the transaction to whoever began it."""


@dataclass(frozen=True, slots=True)
class _Altered(Workspace):
    altered: sa.Connection | None = None

    def read(self) -> ReadSession:
        assert self.altered is not None
        return _AlteredView(self.altered, self.id)


@dataclass(frozen=True)
class Scene:
    """The bank, its marks in the ledger, and the head that a signed dossier took out."""

    bank: Bank
    marks: dict[str, int]
    dossier: Path
    anchored: Checkpoint
    home: Path
    key: str

    @contextmanager
    def attacked(self) -> Iterator[Insider]:
        """Let an insider alter the database; undone afterwards, what lies outside of it as well."""
        workspace = self.bank.session.workspace
        heads = paths.home() / "heads"
        kept = {file: file.read_bytes() for file in heads.iterdir()}
        with workspace.engine.connect().execution_options(**{WRITES: True}) as connection:
            yield Insider(connection, workspace, self.bank)
            connection.rollback()
        for file, content in kept.items():
            file.write_bytes(content)

    def session_on(self, insider: Insider) -> Session:
        """Return a session that reads what the insider made of the database."""
        found = self.bank.session.workspace
        shared = {name: getattr(found, name) for name in Workspace.__slots__}
        altered = _Altered(**shared, altered=insider.connection)
        return replace(self.bank.session, workspace=altered)

    def look(self, insider: Insider) -> Seeing:
        """Verify as the program does, and against the head in the dossier."""
        session = self.session_on(insider)
        verdict = ledger.verify_ledger(session, whole=True)
        places = {one.name: one.finding.position for one in verdict.checks if one.finding}
        levels = {level for level, names in LEVELS.items() if names & places.keys()}
        with session.workspace.read() as view:
            head = compare_head(view, session.workspace.origin, self.anchored)
        if head.ok is False:
            levels.add("V4")
        return Seeing(" ".join(sorted(levels)), places)


def live(bank: Bank, folder: Path, key: str) -> Scene:
    """Let the bank have a past: two models approved, a dossier of the first one in between."""
    marks: dict[str, int] = {}

    def mark(name: str) -> None:
        with bank.session.workspace.read() as view:
            marks[name] = view.head().size - 1

    with bank.session.workspace.read() as view:
        known = {one.person: one.position for one in list_certificates(view.connection)}
    marks["validator"] = known[bank.ids[VALIDATOR]]
    first = register(bank)
    mark("early")
    version = add_version(bank, first)
    approved = _approve(bank, first, mark, "first")
    models.edit_model(bank.session, first, {"business_line": "Firmenkunden"})
    mark("middle")
    models.edit_model(bank.session, first, {"business_line": "Mittelstand"})
    dossier = folder / "dossier.pdf"
    order = Order(first, dossier)
    dossiers.export_dossier(bank.as_(VALIDATOR), order, bank.unlock(VALIDATOR))
    mark("dossier")
    second = register(bank, name="LGD Baufinanzierung", owner=OWNER)
    mark("late")
    models.edit_model(bank.session, second, {"business_line": "Baugeld"})
    models.edit_model(bank.session, second, {"business_line": "Immobilien"})
    mark("pair")
    add_version(bank, second, artifact="sha256:bb")
    _approve(bank, second, mark, "second")
    models.edit_model(bank.session, second, {"business_line": "Privatkunden"})
    another = add_version(bank, second, label="8", artifact="sha256:cc")
    open_request = approvals.request_approval(bank.as_(OWNER), second, "8", "production").id
    mark("open")
    models.edit_model(bank.session, second, {"business_line": "Baufinanzierung"})
    mark("last")
    assert ledger.verify_ledger(bank.session).is_ok
    note = read_evidence(dossier.read_bytes()).facts.ledger.checkpoint.note
    bank.ids.update(first=first, second=second, approved=approved, open=open_request)
    bank.ids.update(version=version, another=another)
    return Scene(bank, marks, dossier, read_unverified(note), paths.home(), key)


def _approve(bank: Bank, model: str, mark: Callable[[str], None], name: str) -> str:
    request = approvals.request_approval(bank.as_(OWNER), model, "7", "production", "Bitte").id
    mark(f"{name}_asked")
    for number, person in enumerate((VALIDATOR, COMPLIANCE), 1):
        decisions.decide(bank.as_(person), request, APPROVE, bank.unlock(person))
        mark(f"{name}_decided_{number}")
    return request
