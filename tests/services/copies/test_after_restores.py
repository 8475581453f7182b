"""A workspace restored from a backup older than its copies: whoever has one brings his own back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.ledger import anchor
from mlops_desktop.ledger.anchor import LastSeen
from mlops_desktop.services import copies, items, ledger, models, workspaces
from mlops_desktop.services.care.backups import make_backup
from mlops_desktop.services.care.restores import Asks, Restoring, restore_workspace
from mlops_desktop.services.items import Given
from mlops_desktop.services.models import ModelFilter, list_models
from mlops_desktop.services.session import Session
from mlops_desktop.store import transfer
from mlops_desktop.store.engine import is_team
from mlops_desktop.store.log import read_events
from mlops_desktop.store.tables.ledger import disclosures
from tests.services.conftest import PASSPHRASE, Bank

OWNER, OTHER = "Corinna Wolters", "Mateusz Kowalczyk"


@contextmanager
def opened(path: Path, acting: Session) -> Iterator[Session]:
    session = workspaces.open_workspace(str(path), is_noted=False)
    yield replace(session, actor=acting.actor)
    session.workspace.close()


def names(session: Session) -> set[str]:
    return {row.name for row in list_models(session, ModelFilter())}


def kept_texts(session: Session) -> set[str]:
    with session.workspace.read() as view:
        return set(view.connection.execute(sa.select(disclosures.c.digest)).scalars())


def named_texts(session: Session) -> set[str]:
    with session.workspace.read() as view:
        bodies = [one.body for one in read_events(view.connection)]
    return {digest for body in bodies for digest in transfer.digests_of(body)}


def restore(bank: Bank, backup: Path, server: str) -> Bank:
    """Lose the workspace and put the backup in its place; return it as opened anew."""
    bank.session.workspace.close()
    if is_team(bank.place):
        name = bank.place.split("@/")[1].partition("?")[0]
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
            connection.execute(f"CREATE DATABASE {name}".encode())
    wanted = Restoring(backup, bank.place, "Server verloren", is_replacing=True)
    restore_workspace(wanted, Asks(lambda: PASSPHRASE))
    return replace(bank, session=workspaces.open_workspace(bank.place))


@pytest.fixture
def server(request: pytest.FixtureRequest, bank: Bank) -> str:
    return str(request.getfixturevalue("_postgres")) if is_team(bank.place) else ""


def test_what_a_restore_lost_comes_back_from_its_authors_copy(
    bank: Bank, server: str, tmp_path: Path
) -> None:
    path, owner = tmp_path / "train.mlops", bank.as_(OWNER)
    models.register_model(owner, {"name": "Gesichert"})
    backup = make_backup(bank.session, tmp_path / "backup.mlops").path
    models.register_model(owner, {"name": "LGD Leasing"})
    lost = models.register_model(bank.as_(OTHER), {"name": "CCF Karten"}).id
    texts = {"title": "Verlorener Befund", "origin": "validation", "severity": "high"}
    texts |= {"owner": OWNER, "due": "2039-12-15"}
    items.open_item(bank.as_("Jonas Brandt"), FINDING, Given(texts, ("M-00001",)))
    copies.take(owner, copies.Wanted(path))
    models.register_model(
        owner, {"name": "Betrugserkennung"}
    )  # the restore names this head as lost
    with opened(path, owner) as copy:
        models.register_model(copy, {"name": "PD Mittelstand"})
        models.edit_model(copy, lost, {"business_line": "SME"})
        bank = restore(bank, backup, server)
        owner = bank.as_(OWNER)
        with pytest.raises(AppError, match=r"copy\.history_changed"):
            copies.push(copy, owner)
        with pytest.raises(AppError, match=r"copy\.restored") as refused:
            copies.pull(copy, owner)
        assert refused.value.parameters["lost"] == 3
        pulled = copies.pull(copy, owner, after_restore=True)
        assert (pulled.lost, pulled.left) == (3, 3)
        assert named_texts(copy) >= kept_texts(copy)
        assert names(copy) >= {"Gesichert", "LGD Leasing", "PD Mittelstand"}
        assert ledger.verify_ledger(copy).is_ok
        arrivals = copies.push(copy, owner).arrivals
        told = [(one.fate, one.rule) for one in arrivals]
        assert told == [(Fate.EFFECTIVE, None)] * 2 + [(Fate.REFUSED, "missing")]
        assert copies.pull(copy, owner).left == 0
        for session in (owner, copy):
            assert names(session) == {"Gesichert", "LGD Leasing", "PD Mittelstand"}
            assert ledger.verify_ledger(session).is_ok
    assert pulled.aside is not None
    with opened(Path(pulled.aside), owner) as kept:  # with what nobody else has any longer
        assert names(kept) == {"Gesichert", "LGD Leasing", "CCF Karten", "PD Mittelstand"}
    bank.session.workspace.close()


def test_a_copy_older_than_the_backup_goes_on_as_ever(
    bank: Bank, server: str, tmp_path: Path
) -> None:
    path, owner = tmp_path / "train.mlops", bank.as_(OWNER)
    copies.take(owner, copies.Wanted(path))
    models.register_model(owner, {"name": "Gesichert"})
    backup = make_backup(bank.session, tmp_path / "backup.mlops").path
    models.register_model(owner, {"name": "Verloren"})
    with opened(path, owner) as copy:
        models.register_model(copy, {"name": "PD Mittelstand"})
        bank = restore(bank, backup, server)
        owner = bank.as_(OWNER)
        assert [one.fate for one in copies.push(copy, owner).arrivals] == [Fate.EFFECTIVE]
        assert copies.pull(copy, owner).left == 0
        assert names(copy) == names(owner) == {"Gesichert", "PD Mittelstand"}
        assert ledger.verify_ledger(copy).is_ok
    bank.session.workspace.close()


SECRET = "Sieben-Segel-im-Sturm-3"


def brought(copy: Session, keeper: Session, base: int, path: Path) -> copies.Pulled:
    """Bring the copy up by a file, going back with a restore."""
    copies.write_update(keeper, base, path, SECRET)
    update = copies.read_update_file(copy, path, SECRET)
    return copies.take_update(copy, update, after_restore=True)


def test_a_stick_goes_back_with_a_restore_as_the_network_does(
    bank: Bank, server: str, tmp_path: Path
) -> None:
    path, owner = tmp_path / "train.mlops", bank.as_(OWNER)
    models.register_model(owner, {"name": "Gesichert"})
    backup = make_backup(bank.session, tmp_path / "backup.mlops").path
    kept = ledger.verify_ledger(bank.session).size
    for name in ("LGD Leasing", "CCF Karten", "LGD Immobilien"):
        models.register_model(owner, {"name": name})
    models.register_model(bank.as_(OTHER), {"name": "CCF Gewerbe"})
    copies.take(owner, copies.Wanted(path))
    with opened(path, owner) as copy:
        models.register_model(copy, {"name": "PD Mittelstand"})
        base = copies.state(copy).base.size
        bank = restore(bank, backup, server)
        keeper = bank.session
        copies.write_outbox(copy, tmp_path / "out", SECRET)
        with pytest.raises(AppError, match=r"copy\.outbox_before_restore") as refused:
            copies.read_outbox_file(keeper, tmp_path / "out", SECRET)
        assert refused.value.parameters == {"base": base, "size": kept}
        copies.write_update(keeper, base, tmp_path / "back", SECRET)
        update = copies.read_update_file(copy, tmp_path / "back", SECRET)
        with pytest.raises(AppError, match=r"copy\.restored") as refused:
            copies.take_update(copy, update)
        assert refused.value.parameters == {"size": kept, "lost": 4}
        assert len(copies.state(copy).unshared) == 1
        pulled = copies.take_update(copy, update, after_restore=True)
        assert (pulled.lost, pulled.left) == (4, 4)
        assert pulled.aside is not None
        assert Path(pulled.aside).is_file()
        copies.write_outbox(copy, tmp_path / "again", SECRET)
        outbox = copies.read_outbox_file(keeper, tmp_path / "again", SECRET)
        assert {one.fate for one in copies.receive(keeper, outbox).arrivals} == {Fate.EFFECTIVE}
        assert brought(copy, keeper, copies.state(copy).base.size, tmp_path / "last").left == 0
        for session in (keeper, copy):
            lost = {"LGD Leasing", "CCF Karten", "LGD Immobilien", "PD Mittelstand"}
            assert names(session) == {"Gesichert", *lost}
            assert ledger.verify_ledger(session).is_ok
    bank.session.workspace.close()


def test_an_update_begun_behind_a_restore_says_from_where_to_ask(
    bank: Bank, server: str, tmp_path: Path
) -> None:
    """Who writes it cannot know that the copy lies on what was lost: there are as many again."""
    path, owner = tmp_path / "train.mlops", bank.as_(OWNER)
    backup = make_backup(bank.session, tmp_path / "backup.mlops").path
    kept = ledger.verify_ledger(bank.session).size
    models.register_model(owner, {"name": "LGD Leasing"})
    models.register_model(bank.as_(OTHER), {"name": "CCF Karten"})
    copies.take(owner, copies.Wanted(path))
    with opened(path, owner) as copy:
        base = copies.state(copy).base.size
        bank = restore(bank, backup, server)
        for name in ("Neu eins", "Neu zwei", "Neu drei"):
            models.register_model(bank.session, {"name": name})
        before = copies.state(copy)
        with pytest.raises(AppError, match=r"copy\.update_after_restore") as refused:
            brought(copy, bank.session, base, tmp_path / "back")
        assert refused.value.parameters == {"size": kept, "lost": 2}
        assert copies.state(copy) == before
        assert not [*tmp_path.glob("train.2*")]
        pulled = brought(copy, bank.session, kept, tmp_path / "more")
        assert (pulled.lost, pulled.left) == (2, 1)
        assert names(copy) == {"Neu eins", "Neu zwei", "Neu drei", "LGD Leasing"}
        assert ledger.verify_ledger(copy).is_ok
    bank.session.workspace.close()


@contextmanager
def unnamed(bank: Bank, known: LastSeen) -> Iterator[None]:
    """Restore on a computer that never saw a head which this one did."""
    id = bank.session.workspace.id
    anchor.forget(id)
    yield
    anchor.forget(id)
    anchor.remember(id, known.checkpoint, known.size, known.root, known.at)


def test_who_went_back_with_a_restore_that_names_no_head_of_his_goes_on(
    bank: Bank, server: str, tmp_path: Path
) -> None:
    """As on a computer of its own: whoever restores knows only what his saw."""
    path, owner, id = tmp_path / "train.mlops", bank.as_(OWNER), bank.session.workspace.id
    backup = make_backup(bank.session, tmp_path / "backup.mlops").path
    models.register_model(owner, {"name": "LGD Leasing"})
    copies.take(owner, copies.Wanted(path))
    known = anchor.last_seen(id)
    assert known is not None
    with opened(path, owner) as copy:
        models.register_model(copy, {"name": "PD Mittelstand"})
        with unnamed(bank, known):
            if not is_team(bank.place):
                bank.session.workspace.close()
                Path(bank.place).unlink()
            bank = restore(bank, backup, server)
        owner = bank.as_(OWNER)
        assert copies.pull(copy, owner, after_restore=True).left == 2
        copies.push(copy, owner)
        assert copies.pull(copy, owner).left == 0
        for session in (owner, copy):
            assert names(session) == {"LGD Leasing", "PD Mittelstand"}
            assert ledger.verify_ledger(session).is_ok
    bank.session.workspace.close()


def test_what_was_seen_beyond_the_copy_is_still_missed_after_going_back(
    bank: Bank, server: str, tmp_path: Path
) -> None:
    path, owner, id = tmp_path / "train.mlops", bank.as_(OWNER), bank.session.workspace.id
    backup = make_backup(bank.session, tmp_path / "backup.mlops").path
    models.register_model(owner, {"name": "LGD Leasing"})
    copies.take(owner, copies.Wanted(path))
    models.register_model(owner, {"name": "Nie in der Kopie"})
    known = anchor.last_seen(id)
    assert known is not None
    with opened(path, owner) as copy:
        with unnamed(bank, known):
            if not is_team(bank.place):
                bank.session.workspace.close()
                Path(bank.place).unlink()
            bank = restore(bank, backup, server)
        copies.pull(copy, bank.as_(OWNER), after_restore=True)
        assert anchor.last_seen(id) == known
        assert not ledger.verify_ledger(bank.session).is_ok
    bank.session.workspace.close()
