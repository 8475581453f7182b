"""The health of a workspace and of its surroundings, looked at without changing anything."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import partial
from importlib import import_module
from pathlib import Path

from mlops_desktop import __version__, paths
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger import anchor
from mlops_desktop.outside import devices, secrets, workspace_key
from mlops_desktop.services.care.kept import read_plan
from mlops_desktop.services.session import Ask
from mlops_desktop.store import engine as engines
from mlops_desktop.store import files, workspace
from mlops_desktop.store.drives import network_kind
from mlops_desktop.store.health import Health, look
from mlops_desktop.store.synced_folders import synced_by

_LITTLE = 1 << 30
_SOUND_SQLITE = (3, 51, 3)
_AHEAD = timedelta(minutes=5)


class Level(StrEnum):
    """How much what was found matters."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Look:
    """One thing looked at: its name, how it is, and what was seen, in codes and figures.

    ``refusal`` has the words where a code was seen.
    """

    name: str
    level: Level
    seen: str
    refusal: AppError | None = None


def _refused(name: str, level: Level, refusal: AppError) -> Look:
    return Look(name, level, refusal.code, refusal)


@dataclass(frozen=True, slots=True)
class Patient:
    """Which workspace is looked at, and who is asked for secrets."""

    place: str
    ask_key: Ask | None = None
    database_password: str | None = None


def examine_health(patient: Patient) -> tuple[Look, ...]:
    """Look at keyring, place, key, database, head, backup, disk, versions, device and clock.

    Nothing is changed, migrated or enrolled, and nothing is raised for what is found.
    """
    found = [_versions(), _keyring()]
    is_team = engines.is_team(patient.place)
    if not is_team:
        found += _place(Path(patient.place).absolute())
    try:
        health = _open(patient)
    except AppError as error:
        return (*found, _refused("database", Level.FAILED, error))
    return (*found, *_about(health), *_profile(health))


def _versions() -> Look:
    module = import_module("sqlcipher3.dbapi2")
    version = tuple(module.sqlite_version_info)
    level = Level.OK if version >= _SOUND_SQLITE else Level.FAILED
    seen = f"MLOps Desktop {__version__}, SQLCipher on SQLite {module.sqlite_version}"
    return Look("versions", level, f"{seen} (Python's own: {sqlite3.sqlite_version})")


def _keyring() -> Look:
    try:
        secrets.check_backend()
    except AppError as error:
        return _refused("keyring", Level.WARNING, error)
    return Look("keyring", Level.OK, "native")


def _place(path: Path) -> Iterator[Look]:
    kind, service = network_kind(path.parent), synced_by(path.resolve().parent)
    if kind is not None:
        yield Look("place", Level.FAILED, f"network drive: {kind}")
    elif service is not None:
        yield Look("place", Level.WARNING, f"copied by {service}")
    else:
        yield Look("place", Level.OK, str(path))
    if path.parent.is_dir():
        free = shutil.disk_usage(path.parent).free
        size = path.stat().st_size if path.exists() else 0
        level = Level.OK if free > max(_LITTLE, 2 * size) else Level.WARNING
        yield Look("free_space", level, f"{free >> 20} MiB free, file {size >> 20} MiB")


def _open(patient: Patient) -> Health:
    if engines.is_team(patient.place):
        return look(engines.open_team(patient.place, patient.database_password))
    path = Path(patient.place)
    id = files.read_workspace_id(path)
    opens = partial(workspace.opens, patient.place, id)
    key = workspace_key.workspace_key(id, patient.ask_key, opens)
    return look(engines.open_file(path, key, id))


def _about(health: Health) -> Iterator[Look]:
    level = Level.OK if health.is_current else Level.WARNING
    yield Look("schema", level, f"{health.revision}, newest {health.newest}")
    if health.unshared is not None:
        yield Look("kind", Level.OK, "extract" if health.is_extract else "copy")
    if health.moved_to is not None:
        yield Look("moved", Level.WARNING, health.moved_to)
    if health.fault is not None:
        yield _refused("database", Level.FAILED, health.fault)
    else:
        yield Look("database", Level.OK, "sound")
    ahead = health.last_at is not None and health.last_at > clock.now() + _AHEAD
    told = clock.to_text(health.last_at) if health.last_at else "no event"
    yield Look("clock", Level.WARNING if ahead else Level.OK, f"last event {told}")


def _profile(health: Health) -> Iterator[Look]:
    yield _head(health)
    yield _device(health)
    yield _key(health)
    yield _backup(health.own_id) if health.unshared is None else _unshared(health.unshared)
    yield Look("home", Level.OK, str(paths.home()))


def _device(health: Health) -> Look:
    if devices.has_device_key(health.own_id):
        return Look("device", Level.OK, "here")
    if health.carries_device:
        return Look("device", Level.OK, "in the file")
    return Look("device", Level.WARNING, "–")


def _key(health: Health) -> Look:
    if health.is_extract:  # whatever else is kept here, it opens by that alone
        return Look("key", Level.OK, "the passphrase of the file")
    places = ", ".join(sorted(place.value for place in workspace_key.places(health.own_id)))
    return Look("key", Level.OK if places else Level.WARNING, places or "–")


def _unshared(number: int) -> Look:
    """Say what of a copy nobody else has: it is safe once it was brought back, not by a backup."""
    level = Level.WARNING if number else Level.OK
    return Look("backup", level, f"{number} events only here, the shared workspace has the rest")


def _head(health: Health) -> Look:
    try:
        seen = anchor.last_seen(health.own_id)
    except AppError as error:
        return _refused("head", Level.FAILED, error)
    if seen is None:
        return Look("head", Level.WARNING, f"{health.size} events, none seen before")
    told = f"{health.size} events, seen {seen.size} at {clock.to_text(seen.at)}"
    is_prefix = health.root_at(seen.size) == seen.root
    return Look("head", Level.OK if is_prefix else Level.FAILED, told)


def _backup(id: str) -> Look:
    plan = read_plan(id)
    if plan.last is None:
        return Look("backup", Level.WARNING, "never from here")
    is_old = plan.is_due(clock.now())
    told = f"{clock.to_text(plan.last.at)}, {plan.last.size} events, {plan.last.place}"
    return Look("backup", Level.WARNING if is_old else Level.OK, told)
