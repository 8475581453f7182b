"""What was promised, held against what is there once everybody has sent and fetched."""

from hashlib import sha256

import sqlalchemy as sa

from mlops_desktop.services import approvals, copies, ledger
from mlops_desktop.services.rules_again import find_broken_rules
from mlops_desktop.services.session import Session
from mlops_desktop.store import log, rebuild
from mlops_desktop.store.tables.copies import arrivals
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.unit_of_work import ReadSession
from tests.services.copies.reference import Reference
from tests.services.copies.team import Team


def contents(session: Session) -> dict[str, str]:
    """Return the digest of the log and of every projected table, in the order of their keys."""
    with session.workspace.read() as view:
        query = sa.select(events.c.leaf).order_by(events.c.position)
        found = {"events": _digest(view.connection.execute(query))}
        for table in projected.sorted_tables:
            rows = view.connection.execute(sa.select(table).order_by(*table.primary_key))
            found[table.name] = _digest(rows)
    return found


def _digest(rows: sa.CursorResult[object] | sa.Result[object]) -> str:
    sum_ = sha256()
    for row in rows:
        sum_.update(repr(tuple(row)).encode())
    return sum_.hexdigest()


def settle_down(team: Team) -> None:
    """Let everybody send and fetch until nothing is left anywhere."""
    for _ in range(2):
        for member in team.members:
            copies.push(member.copy, member.team)
        for member in team.members:
            copies.pull(member.copy, member.team)


def check_decided(team: Team, view: ReadSession) -> None:
    """Hold decisions and where requests stand against a reference that shares no code."""
    stored = [one.body for one in log.read_events(view.connection)]
    found = Reference().read(stored)
    standings = {row.key: row.status.value for row in approvals.list_requests(team.bank.session)}
    assert not found.wrong, found.wrong
    differing = found.differing(standings)
    assert not differing, differing
    team.kinds += found.kinds


def check(team: Team) -> int:
    """Hold everything that was promised against what is there; return how many events there are."""
    shared = team.bank.session
    expected = contents(shared)
    for member in team.members:
        assert copies.state(member.copy).unshared == ()
        assert contents(member.copy) == expected
    with shared.workspace.read() as view:
        connection = view.connection
        ids = connection.execute(sa.select(events.c.id)).scalars().all()
        assert len(ids) == len(set(ids)), "doubled"
        fated = set(connection.execute(sa.select(arrivals.c.event)).scalars())
        check_decided(team, view)
        assert list(find_broken_rules(view)) == []
        assert list(rebuild.compare(connection)) == []
    assert team.written <= set(ids), "lost"
    assert team.written <= fated, "without a fate"
    verdict = ledger.verify_ledger(shared)
    assert verdict.is_ok, verdict.first_failure
    return len(ids)
