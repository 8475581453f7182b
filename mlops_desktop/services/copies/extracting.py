"""An extract for somebody: a copy with nothing in it but what he is to see, signed as such."""

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.people import DeviceEnrolled
from mlops_desktop.core.extracts import Extract, Matter, held_back_from
from mlops_desktop.core.identity import Actor, Role
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.work import Report
from mlops_desktop.ledger.extract import digest_over, open_extract, sign_extract
from mlops_desktop.outside import cipher, devices, workspace_key
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import joining
from mlops_desktop.services.copies.taking import (
    LEASE_DAYS,
    CopyKind,
    Taken,
    Wanted,
    check_wanted,
    discard,
    take,
)
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.models import ModelFilter, list_models
from mlops_desktop.services.session import Ask, Session
from mlops_desktop.store import engine as engines
from mlops_desktop.store import extracts, workspace
from mlops_desktop.store.copies import carry_device, keep_place
from mlops_desktop.store.extracting import Left, Period, take_out
from mlops_desktop.store.queries.models import find_model
from mlops_desktop.store.queries.people import find_person
from mlops_desktop.store.workspace import Workspace

__all__ = ["Cut", "Period", "Reader", "make_extract", "read_extract", "take_extract"]


@dataclass(frozen=True, slots=True)
class Cut:
    """What an extract is to hold: some models (ids; none means all), which time, for which role.

    ``matters`` are held back instead of what the role's are.
    """

    role: Role
    models: frozenset[str] = frozenset()
    period: Period = field(default_factory=Period)
    matters: frozenset[Matter] | None = None

    @property
    def held_back(self) -> frozenset[Matter]:
        """What is held back of the events that are given."""
        return held_back_from(self.role) if self.matters is None else self.matters


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom an extract is for, and what of the workspace: the passphrase alone opens it.

    ``models`` are named as people do, ``line`` is a filter line of the inventory; what fits either
    belongs to it, and with neither everything. Without ``role`` it is the person's first.
    """

    path: Path
    person: str
    passphrase: str
    role: Role | None = None
    models: tuple[str, ...] = ()
    line: str = ""
    period: Period = field(default_factory=Period)
    matters: frozenset[Matter] | None = None
    lease_days: int = LEASE_DAYS


def take_extract(
    session: Session,
    reader: Reader,
    report: Report,
    *,
    ask: Ask | None = None,
    prove: Ask | None = None,
) -> Taken:
    """Write an extract that its reader opens with a passphrase, and annotates; all or nothing.

    A device is enrolled in the shared workspace and travels in the encrypted file to sign its
    heads. It is the taker's: he vouches for what comes back, as the reader has no device here.
    ``prove`` gives the passphrase of the taker's key where two custodians let devices in. Raises
    as ``take``, ``person.not_found``, ``model.not_found``, ``filter.…``, ``extract.no_model``,
    ``extract.period_unfit``, ``joining.…``.
    """
    person, cut = _read(session, reader)
    cipher.check_passphrase(reader.passphrase)
    days, secret = reader.lease_days, reader.passphrase
    wanted = Wanted(reader.path, CopyKind.AUDITOR, days, secret, person)
    check_wanted(session, wanted)
    credential = joining.prove(session, prove) if joining.needs_proof(session.workspace) else None
    maker = devices.load_device_key(
        session.workspace.id, workspace_key.workspace_key(session.workspace.id, ask)
    )
    device, private = new_id(), Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw().hex()
    with session.workspace.write(session.actor) as work:
        told = DeviceEnrolled(device, session.actor.person, public, reader=person)
        joining.record_device(work, told, credential)
    taken = take(session, wanted, report, ask=ask)
    try:
        _reduce(taken, reader, cut, session.actor, maker, (device, private))
    except BaseException:
        discard(reader.path)
        raise
    return taken


def _read(session: Session, reader: Reader) -> tuple[str, Cut]:
    since, until = reader.period.since, reader.period.until
    if since is not None and until is not None and until < since:
        raise AppError("extract.period_unfit", where="until")
    with session.workspace.read() as view:
        person = find_person(view.connection, reader.person)
        ids = {find_model(view.connection, named) for named in reader.models}
    if reader.line.strip():
        wanted = parse_filter(reader.line, ModelFilter(scope=Scope.ALL))
        ids |= {row.key for row in list_models(session, wanted)}
        if not ids:
            raise AppError("extract.no_model", where="filter")
    role = reader.role or next(iter(person.roles), Role.AUDITOR)
    return person.id, Cut(role, frozenset(ids), reader.period, reader.matters)


def _reduce(
    taken: Taken,
    reader: Reader,
    cut: Cut,
    maker: Actor,
    signer: Ed25519PrivateKey,
    device: tuple[str, Ed25519PrivateKey],
) -> None:
    key = workspace_key.travelling_key(taken.id, lambda: reader.passphrase)
    engine = engines.open_file(reader.path, key, taken.id)
    with closing(workspace.load(str(reader.path), engine)) as copy:
        make_extract(copy, cut, maker, signer)
        keep_place(engine, "")  # it would tell the reader login and folder of whoever made it
        carry_device(engine, device[0], device[1].private_bytes_raw())
        copy.purge()


def make_extract(copy: Workspace, cut: Cut, maker: Actor, device: Ed25519PrivateKey) -> None:
    """Take out of a whole copy what does not belong to the extract, and sign what was left out."""

    def sign(left: Left) -> str:
        return sign_extract(_describe(copy, cut, maker, left), copy.origin, device)

    take_out(copy, cut.models, cut.period, cut.held_back, sign)


def _describe(copy: Workspace, cut: Cut, maker: Actor, left: Left) -> Extract:
    return Extract(
        copy.id,
        left.head.size,
        left.head.root().hex(),
        clock.to_text(clock.now()),
        maker.person,
        maker.device,
        cut.role,
        tuple(sorted(cut.models)),
        tuple(sorted(cut.held_back)),
        digest_over(left.withheld),
        len(left.withheld),
        digest_over(left.held_back),
        len(left.held_back),
        cut.period.since,
        cut.period.until,
        digest_over(left.numbers),
    )


def read_extract(session: Session) -> Extract | None:
    """Return what the open copy says of itself, its signature checked; None for a whole one."""
    with session.workspace.read() as view:
        signed = extracts.read_statement(view.connection)
        if signed is None:
            return None
        return open_extract(signed, extracts.read_device_keys(view.connection))
