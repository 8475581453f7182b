"""Recording 10,000 candidates and 30,000 versions in one session, and comparing them afterwards.

The floor is the same rows through the driver alone, ready as tuples, into an equal encrypted file
in one transaction. The events are ready too: what is measured is bytes, leaves, projections, head,
the check of what was written, and the commit. Ratios are of processor time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from mlops_desktop.core.events.candidates import CandidateFound
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.versions import VersionObserved
from mlops_desktop.core.inventory import Entry, Pair, Sighting, VersionDetails
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.session import Session
from mlops_desktop.store import rebuild
from tests.benchmarks.measuring import Line, Spent, median, milliseconds, spend
from tests.benchmarks.raw import Content, RawFile, read_content
from tests.benchmarks.workspaces import found_bank, own_folder

_MODELS, _VERSIONS_EACH = 10_000, 3
_ROUNDS = 3
_FACTS = ("entries", "versions")
_PROJECTED = ("models", "model_states", *_FACTS)
_AT = datetime(2026, 1, 31, 8, tzinfo=UTC)
_SEEN = Sighting("ab" * 32, _AT)
_NUMBERS = count()


def measure() -> list[Line]:
    """Record and insert in turns, and compare."""
    events = list(_events())
    with own_folder() as folder:
        session = _recorded(folder, events)
        content = read_content(session.workspace)
        comparing = _compare(session)
        session.workspace.close()
        rounds = [dict(_round(folder, events, content)) for _ in range(_ROUNDS)]
    spent = {name: median([one[name] for one in rounds]) for name in rounds[0]}
    return list(_lines({**spent, "comparing": comparing}, content))


def _events() -> Iterator[Event]:
    for at in range(_MODELS):
        model, tags = new_id(), (Pair("team", "fraud"), Pair("tier", "2"))
        aliases = (Pair("champion", "3"),)
        entry = Entry("mlflow", f"m{at}", f"model-{at}", None, tags, aliases, _AT, _AT)
        yield CandidateFound(model, entry, _SEEN)
        for number in range(_VERSIONS_EACH):
            version = VersionDetails(
                str(number),
                stage="None",
                artifact="s3://models/y",
                run_id=f"{at:032x}",
                tags=tags,
                created_at=_AT,
                updated_at=_AT,
            )
            yield VersionObserved(new_id(), model, "mlflow", f"m{at}/{number}", version, _SEEN)


def _recorded(folder: Path, events: list[Event]) -> Session:
    session = found_bank(folder / f"bank-{next(_NUMBERS)}.mrm")
    _record(session, events)
    return session


def _record(session: Session, events: list[Event]) -> None:
    with session.workspace.write(session.actor) as work:
        for event in events:
            work.record(event)


def _compare(session: Session) -> Spent:
    with session.workspace.read() as view:
        return spend(lambda: list(rebuild.compare(view.connection)))


def _round(folder: Path, events: list[Event], content: Content) -> Iterator[tuple[str, Spent]]:
    session = found_bank(folder / f"bank-{next(_NUMBERS)}.mrm")
    yield "ours", spend(lambda: _record(session, events))
    session.workspace.close()
    yield "all", _fill(folder, content)
    yield "projected", _fill(folder, content.only(_PROJECTED))
    yield "facts", _fill(folder, content.only(_FACTS))


def _fill(folder: Path, content: Content) -> Spent:
    file = RawFile(folder, content)
    spent = spend(file.fill)
    file.close()
    return spent


def _lines(spent: dict[str, Spent], content: Content) -> Iterator[Line]:
    def said(name: str) -> str:
        one = spent[name]
        return f"{milliseconds(one.processor)} of processor, {milliseconds(one.wall)} of clock"

    def ratio(floor: str, name: str = "ours") -> float:
        return spent[name].processor / spent[floor].processor

    rows = content.only(_PROJECTED).number
    yield Line(f"floor: {rows:,} projected rows", said("projected"))
    yield Line("floor: of these, what the source told (40,000 rows)", said("facts"))
    yield Line("floor: every row there is, events and search index too", said("all"))
    yield Line("record 40,000 events", said("ours"), ratio("projected"), 7.2, 3.6)
    yield Line("the same against what the source told alone", "", ratio("facts"))
    yield Line("the same against every row there is", "", ratio("all"))
    yield Line("compare all rows with the events", said("comparing"), ratio("ours", "comparing"))
