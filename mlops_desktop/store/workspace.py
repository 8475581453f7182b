"""The workspace handle: a database, its identity, and who may sign its head here."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.identity import Actor
from mlops_desktop.store import engine as engines
from mlops_desktop.store import erasing, files, log, migrations, rebuild
from mlops_desktop.store.copies import CopyKind
from mlops_desktop.store.faults import explained, place_of
from mlops_desktop.store.forms import current_form
from mlops_desktop.store.late_pen import LatePen, Turn
from mlops_desktop.store.leaving import MOVED_TO
from mlops_desktop.store.pens import OWN_PEN, Pen, TeamPen
from mlops_desktop.store.signing import OnCommit, SignHead
from mlops_desktop.store.tables.ledger import meta
from mlops_desktop.store.tables.projected import MEANING
from mlops_desktop.store.team.standing import Standing, read_standing
from mlops_desktop.store.unit_of_work import (
    UNWATCHED,
    Manner,
    ReadSession,
    Watch,
    WriteSession,
)
from mlops_desktop.store.upgrading import upgrade, wait_in_turn

FindKey = Callable[[str], bytes]
"""Returns the 32-byte key of a workspace id; raises AppError where there is none."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open workspace. Without ``sign_head`` it can only be read."""

    id: str
    name: str
    origin: str
    place: str
    engine: sa.Engine = field(repr=False)
    sign_head: SignHead | None = field(default=None, repr=False)
    on_commit: OnCommit = field(default=lambda frontier, note: None, repr=False)
    watch: Watch = field(default=UNWATCHED, repr=False)
    team: Standing | None = None
    """Where a team's roles are set up; None where the program writes with its own rights."""
    sign_note: Callable[[str], str] | None = field(default=None, repr=False)
    """Signs a text as a C2SP note with this device's key."""
    copy: str | None = None
    """The id of the copy, where this is one of a shared workspace."""
    moved_to: str | None = None
    """Where the workspace went, where this is the place that it left."""
    turn: Turn | None = field(default=None, repr=False, compare=False)
    """Given where an act can run again: its first write session reads before it locks."""
    is_for_auditor: bool = False
    """Whether it is an auditor's copy, which records nothing unless a device travels with it."""

    @property
    def own_id(self) -> str:
        """By what this file's key, device, profile and last seen head are kept: a copy's own id."""
        return self.copy or self.id

    def read(self) -> ReadSession:
        """Begin a read session; use it as a context manager."""
        return ReadSession(self.engine, self.id, self.copy)

    def write(self, actor: Actor) -> WriteSession:
        """Begin a write session.

        Raises as :meth:`unsigned` where nobody can sign the head, ``workspace.moved``,
        ``workspace.right_missing`` for a reader of a team.
        """
        if self.moved_to is not None:
            raise AppError("workspace.moved", where=self.place, place=self.moved_to)
        if self.team is not None and not self.team.may_write:
            shown = place_of(self.engine)
            raise AppError("workspace.right_missing", where=shown, path=shown)
        if self.sign_head is None:
            raise self.unsigned()
        manner = Manner(self.watch, self._pen(), self.copy)
        return WriteSession(self.engine, self.id, actor, self.sign_head, self.on_commit, manner)

    def _pen(self) -> Pen:
        if self.team is None:
            return OWN_PEN
        is_late = self.team.locks_late and self.turn is not None and self.turn.take()
        return LatePen() if is_late else TeamPen()

    def unsigned(self) -> AppError:
        """Return why nothing is signed here: ``copy.for_auditor`` or ``workspace.no_device``."""
        if self.is_for_auditor:
            return AppError("copy.for_auditor", where="--workspace")
        return AppError("workspace.no_device", recovery=Recovery.CONFIGURATION)

    def check_place(self) -> None:
        """Raise ``workspace.file_gone``, ``workspace.file_replaced`` where it is elsewhere."""
        engines.check_place(self.engine)

    def purge(self) -> bool:
        """Take what was erased out of the database's files; False where others keep them busy."""
        return erasing.purge(self.engine)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def create(place: str, id: str, name: str, origin: str, engine: sa.Engine) -> Workspace:
    """Make the tables of a new workspace and return it, still without events.

    Raises ``workspace.exists`` where the database already holds one.
    """
    with engine.connect().execution_options(**{engines.WRITES: True}) as connection:
        if migrations.current(connection) is not None:
            raise AppError("workspace.exists", where=place, path=place)
        migrations.upgrade(connection)
        rebuild.create_projections(connection)
        facts = {"id": id, "name": name, "origin": origin, "projection": current_form()}
        rows = [{"name": key, "value": value} for key, value in facts.items()]
        connection.execute(sa.insert(meta), rows)
        log.create_head(connection)
        connection.commit()
    return Workspace(id, name, origin, place, engine)


def open_engine(place: str, find_key: FindKey, password: str | None = None) -> sa.Engine:
    """Return an engine on an existing workspace's database, file or PostgreSQL."""
    if engines.is_team(place):
        return engines.open_team(place, password)
    path = Path(place)
    id = files.read_workspace_id(path)
    return engines.open_file(path, find_key(id), id)


def opens(place: str, id: str, key: bytes) -> bool:
    """Tell whether a key opens the file of a workspace; nothing is changed."""
    engine = engines.open_file(Path(place), key, id)
    try:
        with engine.connect() as connection:
            migrations.current(connection)
    except sa.exc.DBAPIError:
        return False
    finally:
        engine.dispose()
    return True


def load(place: str, engine: sa.Engine) -> Workspace:
    """Return the workspace of an engine, brought up to this program's schema and projections.

    The schema of a file is changed in a copy, which then takes its place. Raises
    ``workspace.wrong_key``, ``workspace.busy``, ``workspace.newer_schema``,
    ``workspace.unreachable``, ``workspace.not_a_workspace``.
    """
    try:
        with explained(engine):
            return _load(place, engine)
    except BaseException:
        engine.dispose()
        raise


def _load(place: str, engine: sa.Engine) -> Workspace:
    with engine.connect() as connection:
        revision = _known_revision(connection, place)
    facts = _facts(engine)
    if revision != migrations.REVISIONS[-1]:
        if "team" in facts:
            raise _upgrade_needed(engine, facts["projection"])
        upgrade(engine, place, revision)
        facts = _facts(engine)
    if facts["projection"] != current_form():
        if "team" in facts:
            raise _upgrade_needed(engine, facts["projection"])
        _renew_projections(engine)
    team = _standing(engine, facts["team"]) if "team" in facts else None
    made = Workspace(facts["id"], facts["name"], facts["origin"], place, engine)
    return replace(
        made,
        copy=facts.get("copy"),
        team=team,
        moved_to=facts.get(MOVED_TO),
        is_for_auditor=facts.get("kind") == CopyKind.AUDITOR,
    )


def _facts(engine: sa.Engine) -> dict[str, str]:
    with engine.connect() as connection:
        return {row.name: row.value for row in connection.execute(sa.select(meta))}


def _standing(engine: sa.Engine, prefix: str) -> Standing:
    with engine.connect() as connection:
        return read_standing(connection, prefix)


def _upgrade_needed(engine: sa.Engine, form: str) -> AppError:
    """Members never rebuild what all work with; a newer program's tables are told as such."""
    shown = place_of(engine)
    is_newer = int(form.partition("-")[0]) > MEANING
    code = "workspace.newer_schema" if is_newer else "team.upgrade_needed"
    return AppError(code, recovery=Recovery.CONFIGURATION, where=shown, path=shown)


def _known_revision(connection: sa.Connection, place: str) -> str:
    revision = migrations.current(connection)
    if revision is None:
        code = "not_initialised" if engines.is_team(place) else "not_a_workspace"
        shown = place_of(connection.engine)
        raise AppError(f"workspace.{code}", where=shown, path=shown)
    if revision not in migrations.REVISIONS:
        raise AppError(
            "workspace.newer_schema", recovery=Recovery.CONFIGURATION, where=place, path=place
        )
    return revision


def _renew_projections(engine: sa.Engine) -> None:
    with engine.connect().execution_options(**{engines.WRITES: True}) as connection:
        wait_in_turn(connection)
        rebuild.rebuild(connection)
        change = sa.update(meta).where(meta.c.name == "projection")
        connection.execute(change.values(value=current_form()))
        connection.commit()
