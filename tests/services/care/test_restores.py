"""A restore that is signed for is no attack; whatever only looks like one still is."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.restores import LedgerRestored
from mlops_desktop.core.work import QUIET
from mlops_desktop.ledger import anchor
from mlops_desktop.outside import durable, workspace_key
from mlops_desktop.services import ledger, models, teams, workspaces
from mlops_desktop.services.care.backups import make_backup
from mlops_desktop.services.care.housing import Housing
from mlops_desktop.services.care.places import Place, put_in_place
from mlops_desktop.services.care.restores import Asks, Restoring, restore_workspace
from mlops_desktop.services.session import Session, must_commit
from mlops_desktop.services.signing import sign_event
from mlops_desktop.services.teams import NewLogin
from mlops_desktop.store import engine as engines
from mlops_desktop.store import log as ledger_log
from mlops_desktop.store.occupied import fold_log
from mlops_desktop.store.queries import people
from tests.services.conftest import FOUNDER, PASSPHRASE, Bank
from tests.services.steps import register
from tests.support.team import KEEPER, MEMBER, Team, drop_roles
from tests.support.team import PASSPHRASE as TEAM_PASSPHRASE

ASKS = Asks(lambda: PASSPHRASE)


@dataclass(frozen=True)
class Lost:
    """A bank whose database is gone after its backup: where to restore to, and what it had."""

    bank: Bank
    backup: Path
    place: str
    size: int
    gone: Seen

    def restoring(self, **changes: object) -> Restoring:
        wanted = Restoring(self.backup, self.place, "Platte defekt", is_replacing=True)
        return replace(wanted, **changes)  # type: ignore[arg-type]


@pytest.fixture
def lost(request: pytest.FixtureRequest, bank: Bank, tmp_path: Path) -> Lost:
    is_team = engines.is_team(bank.place)
    place = request.getfixturevalue("postgres_url") if is_team else bank.place
    return _lose(bank, tmp_path, place)


@pytest.fixture
def file_lost(file_bank: Bank, tmp_path: Path) -> Lost:
    return _lose(file_bank, tmp_path, file_bank.place)


def _lose(bank: Bank, tmp_path: Path, place: str) -> Lost:
    register(bank)
    made = make_backup(bank.session, tmp_path / "backup.mrm")
    for name in ("LGD Retail", "LGD Leasing", "CCF Karten"):
        register(bank, name=name)
    with bank.session.workspace.read() as view:
        gone = view.head_seen()
    bank.session.workspace.close()
    return Lost(bank, made.path, place, made.size, gone)


def opened(place: str) -> Iterator[Session]:
    session = workspaces.open_workspace(place)
    yield session
    session.workspace.close()


def failure(session: Session) -> tuple[str, str] | None:
    found = ledger.verify_ledger(session).first_failure
    return (found.name, found.finding.error.code) if found and found.finding else None


def _size(place: Place) -> int:
    engine = engines.open_file(place.path, place.key, place.id)
    with engine.connect() as connection:
        size = ledger_log.read_head(connection).size
    engine.dispose()
    return size


class _Killed(BaseException):
    """Stands for a power cut: nothing after it is done."""


def _cut_after(patch: pytest.MonkeyPatch, operations: int) -> None:
    """Let so many of the operations on files that put a workspace in place happen, and no more."""
    left = [operations]

    def counted(do: Callable[..., object]) -> Callable[..., object]:
        def done(*given: object, **named: object) -> object:
            if left[0] == 0:
                raise _Killed
            left[0] -= 1
            return do(*given, **named)

        return done

    patch.setattr(f"{put_in_place.__module__}.fold_log", counted(fold_log))
    patch.setattr(durable, "name_also", counted(durable.name_also))
    patch.setattr(durable, "sync", counted(durable.sync))
    for name in ("replace", "unlink"):
        patch.setattr(Path, name, counted(getattr(Path, name)))


def test_a_restore_that_is_cut_off_leaves_the_old_file_or_the_new_one_whole(
    file_bank: Bank, tmp_path: Path
) -> None:
    register(file_bank)
    made = make_backup(file_bank.session, tmp_path / "backup.mrm")
    register(file_bank, name="LGD Retail")
    id = file_bank.session.workspace.id
    place = Place(file_bank.place, id, workspace_key.workspace_key(id))
    log = Path(f"{file_bank.place}-wal")
    written = place.path.read_bytes(), log.read_bytes()
    assert written[1]
    file_bank.session.workspace.close()
    old, found, cut = _size(place), list[int](), 0
    assert old > made.size
    while cut == len(found):
        place.path.write_bytes(written[0])  # as a program that was killed leaves it
        log.write_bytes(written[1])
        staged = tmp_path / "staged.mrm"
        staged.write_bytes(made.path.read_bytes())
        with pytest.MonkeyPatch.context() as patch:
            _cut_after(patch, cut)
            with suppress(_Killed):
                put_in_place(staged, place, QUIET)
                cut = -1
        found.append(_size(place))
        cut += 1
    assert found == sorted(found, reverse=True)
    assert set(found) == {old, made.size}


def test_a_restore_names_for_ever_what_was_lost_and_is_no_attack(lost: Lost) -> None:
    anchored = anchor.last_seen(lost.bank.session.workspace.id)
    assert anchored
    done = restore_workspace(lost.restoring(), ASKS)
    assert done.size == lost.size
    assert lost.gone in done.lost
    if done.aside:
        assert done.aside.exists()
        assert done.aside.parent == Path(lost.place).parent
    session = next(opened(lost.place))
    verdict = ledger.verify_ledger(session)
    assert verdict.is_ok
    (note,) = verdict.restores
    assert (note.position, note.person, note.lost_to) == (lost.size, FOUNDER, lost.gone.size)
    assert ledger.read_state(session).size == lost.size + 1
    register(replace(lost.bank, session=session), name="LGD Retail")

    # Another desk, which last saw the lost head, accepts just that, and from then on sees the new.
    _put_anchor(session.workspace.id, anchored)
    assert failure(session) is None
    now = anchor.last_seen(session.workspace.id)
    assert now
    assert now.size == lost.size + 2

    # Any other head that is not a prefix is still an attack.
    for other in (
        replace(anchored, size=anchored.size + 5),
        replace(anchored, size=anchored.size - 1),
        replace(anchored, root=bytes(32)),
    ):
        _put_anchor(session.workspace.id, other)
        assert failure(session) is not None
    session.workspace.close()


def _put_anchor(workspace: str, seen: anchor.LastSeen) -> None:
    anchor.forget(workspace)
    anchor.remember(workspace, seen.checkpoint, seen.size, seen.root, seen.at)


def test_a_cut_file_without_the_event_is_still_found(file_lost: Lost) -> None:
    shutil.copy(file_lost.backup, file_lost.place)
    session = next(opened(file_lost.place))
    assert failure(session) == ("last_seen", "ledger.history_shortened")
    with pytest.raises(AppError, match=r"ledger\.history_shortened"):
        ledger.read_state(session)
    session.workspace.close()


@pytest.mark.parametrize("forged", ["unsigned", "other_key", "elsewhere"])
def test_a_forged_restore_excuses_nothing(file_lost: Lost, forged: str) -> None:
    unlock = file_lost.bank.unlock("Jonas Brandt")
    shutil.copy(file_lost.backup, file_lost.place)
    session = next(opened(file_lost.place))
    with session.workspace.read() as view:
        seen = view.head_seen()
        other = people.get_person(view.connection, file_lost.bank.ids["Jonas Brandt"])
        own = people.get_person(view.connection, session.actor.person)
    if forged == "elsewhere":
        register(replace(file_lost.bank, session=session), name="Dazwischen")
    payload = LedgerRestored(seen, (file_lost.gone,), must_commit("Platte defekt"))
    person = own if forged == "elsewhere" else other
    credential = unlock(person)
    with session.workspace.write(session.actor) as work:
        if forged == "unsigned":
            work.record(payload)
        else:
            sign_event(work, payload, credential)
    found = ledger.verify_ledger(session)
    failed = {check.name for check in found.checks if not check.is_ok}
    assert failed >= {"last_seen", "decisions"}
    assert not found.restores
    session.workspace.close()


def test_a_restore_that_cannot_be_answered_for_changes_nothing(lost: Lost, tmp_path: Path) -> None:
    altered = tmp_path / "altered.mrm"
    content = bytearray(lost.backup.read_bytes())
    content[-2000] ^= 1
    altered.write_bytes(content)
    wrong = {
        "workspace.not_found": lost.restoring(file=tmp_path / "none.mrm"),
        "restore.reason_missing": lost.restoring(reason=" "),
        "workspace.damaged": lost.restoring(file=altered),
        "person_key.passphrase_wrong": lost.restoring(),
    }
    is_file = not engines.is_team(lost.place)
    if is_file:
        wrong["place.not_replaced"] = lost.restoring(is_replacing=False)
    before = Path(lost.place).read_bytes() if is_file else b""
    for code, wanted in wrong.items():
        secret = "wrong" if code.startswith("person_key") else PASSPHRASE
        with pytest.raises(AppError) as refused:
            restore_workspace(wanted, Asks(lambda secret=secret: secret))  # type: ignore[misc]
        assert refused.value.code == code
    if is_file:
        assert Path(lost.place).read_bytes() == before
        assert not list(Path(lost.place).parent.glob(".*restoring*"))
        session = next(opened(lost.place))
        with pytest.raises(AppError, match=r"place\.in_use"):
            restore_workspace(lost.restoring(), ASKS)
        session.workspace.close()
    else:
        with pytest.raises(AppError, match=r"place\.database_taken"):
            restore_workspace(lost.restoring(place=lost.bank.place), ASKS)


def test_a_teams_lost_database_comes_back_with_roles_from_a_keepers_backup(
    team: Team, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with team.session(MEMBER) as session:
        models.register_model(session, {"name": "Gesichert"})
    with team.session(KEEPER) as session:
        backup = make_backup(session, tmp_path / "team.mrm")
        models.register_model(session, {"name": "Nicht mehr gesichert"})
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(team.home / team.logins[KEEPER]))
    wanted = Restoring(
        backup.path, postgres_url, "Server verloren", housing=Housing("zurueck", "zurueck_f")
    )
    taken = replace(wanted, place=team.admin)
    with pytest.raises(AppError, match=r"workspace\.exists"):
        restore_workspace(taken, Asks(lambda: TEAM_PASSPHRASE))
    done = restore_workspace(wanted, Asks(lambda: TEAM_PASSPHRASE))
    assert (done.size, [head.size for head in done.lost]) == (backup.size, [backup.size + 1])
    assert teams.check_team(done.place, None) == ()
    keeper = workspaces.open_workspace(done.place)
    assert ledger.verify_ledger(keeper, whole=True).is_ok
    keeper.workspace.close()

    teams.add_login(postgres_url, None, NewLogin(MEMBER, "zurueck_b"))
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(team.home / team.logins[MEMBER]))
    member = workspaces.open_workspace(done.place.replace("zurueck_f", "zurueck_b"))
    models.register_model(member, {"name": "Es geht weiter"})
    assert ledger.verify_ledger(member, whole=True).is_ok
    member.workspace.close()
    drop_roles(postgres_url, "zurueck")
