"""What an event names must be there: the text behind a commitment, the answer behind a fact."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
import sqlalchemy as sa

from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.candidates import CandidateFound
from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.events.sources import CompletedStream, SourceAdded, SourceSynced, SyncCounts
from mlops_desktop.core.inventory import Entry, ModelDetails, Sighting
from mlops_desktop.store import evidence
from mlops_desktop.store.evidence import RawAnswer
from mlops_desktop.store.missing import find_missing_answers, find_missing_disclosures
from mlops_desktop.store.tables.ledger import disclosures
from mlops_desktop.store.tables.ledger import evidence as answers
from tests.store.desks import ACTOR, START, Desk

FIRST, SECOND, FACT = (sha256(page).hexdigest() for page in (b"page 1", b"page 2", b"fact"))
LIKE_A_SIGHTING = f'{{"digest":"{"ab" * 32}","fetched_at":"x"}} "pages":["{"cd" * 32}"]'


def read_source(desk: Desk) -> None:
    """Record what a reading of two pages and a further answer gave."""
    raws = [b"page 1", b"page 2", b"fact"]
    kept = [RawAnswer(sha256(raw).hexdigest(), "GET /", START, raw) for raw in raws]
    seen = Sighting(FACT, datetime(2026, 1, 15, tzinfo=UTC))
    with desk.workspace.write(ACTOR) as work:
        evidence.keep(work.connection, kept)
        work.record(SourceAdded("mlflow", "mlflow", "http://x"))
        work.record(CandidateFound("m", Entry("mlflow", "pd", LIKE_A_SIGHTING), seen))
        pages = CompletedStream("models", (FIRST, SECOND))
        work.record(SourceSynced("mlflow", SyncCounts(), (pages,)))


def test_nothing_is_missed_where_nothing_is_gone(desk: Desk) -> None:
    read_source(desk)
    with desk.workspace.read() as view:
        assert list(find_missing_answers(view.connection)) == []
        assert list(find_missing_disclosures(view.connection)) == []


@pytest.mark.parametrize(("digest", "back"), [(FACT, 2), (FIRST, 1), (SECOND, 1)])
def test_an_answer_that_is_gone_is_named_with_its_event(desk: Desk, digest: str, back: int) -> None:
    read_source(desk)
    with desk.workspace.write(ACTOR) as work:
        work.connection.execute(sa.delete(answers).where(answers.c.digest == digest))
        (gone,) = find_missing_answers(work.connection)
        assert (gone.position, gone.digest) == (work.before.size - back, digest)


def test_a_text_that_is_gone_is_named_with_its_event(desk: Desk) -> None:
    purpose = commit("Bepreisung", b"0" * 16)
    desk.record(ModelRegistered("m", ModelDetails(name="PD", purpose=purpose)))
    with desk.workspace.write(ACTOR) as work:
        work.connection.execute(sa.delete(disclosures))
        (gone,) = find_missing_disclosures(work.connection)
        assert (gone.position, gone.digest) == (work.before.size - 1, purpose.digest)
