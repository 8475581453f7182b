"""The stored log: commitments beside it, subjects, checkpoints, and bodies as written."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.erasable import commit
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import codec, registry
from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.events.registry import Envelope, Signature
from mlops_desktop.core.identity import Actor
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.ledger.body import encode
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.store import envelopes, evidence, log, rebuild, records
from mlops_desktop.store.evidence import RawAnswer
from mlops_desktop.store.queries.models import get_model
from mlops_desktop.store.tables.ledger import disclosures, events
from mlops_desktop.store.tables.ledger import evidence as kept_answers
from tests.core.strategies import instances, moments, texts
from tests.store.desks import Desk, altering
from tests.store.sample import DETAILS, HISTORY, MODELS, said

ACTORS = st.builds(Actor, texts, texts, st.none() | texts)
SIGNATURES = st.none() | st.builds(Signature, texts, texts, texts)


@given(st.data())
def test_an_envelope_comes_back_from_its_body(data: st.DataObject) -> None:
    kind = registry.kind_of(data.draw(st.sampled_from(registry.names())))
    envelope = Envelope(
        data.draw(st.uuids().map(str) | texts),
        data.draw(moments),
        data.draw(moments),
        data.draw(ACTORS),
        "w",
        data.draw(instances(kind)),
        data.draw(SIGNATURES),
    )
    body = envelopes.to_body(envelope)
    assert body == encode(envelopes.to_tree(envelope))
    kept = list(codec.commitments(envelope.payload))
    opened = {item.digest: item.disclosure for item in kept if item.disclosure is not None}
    assert envelopes.from_body(body, opened) == envelope
    assert sorted(envelopes.digests_of(body)) == sorted(item.digest for item in kept)


def test_an_unknown_event_type_is_no_event_of_ours() -> None:
    at = datetime(2026, 1, 15, tzinfo=UTC)
    body = envelopes.to_body(Envelope("e", at, at, Actor("p", "d"), "w", MODELS[0]))
    with pytest.raises(KeyError):
        envelopes.from_body(body.replace(b"model.registered", b"model.beautified"), {})


def test_committed_texts_stand_beside_the_log_and_not_in_it(desk: Desk) -> None:
    desk.record(MODELS[0])
    with desk.workspace.read() as view:
        bodies = [
            bytes(body) for body in view.connection.execute(sa.select(events.c.body)).scalars()
        ]
        assert not any(b"Bepreisung" in body for body in bodies)
        rows = view.connection.execute(sa.select(disclosures)).all()
        assert DETAILS.purpose is not None
        assert rows == [(DETAILS.purpose.digest, DETAILS.purpose.disclosure)]


def test_an_erased_text_reads_as_erased_and_the_log_still_holds(desk: Desk) -> None:
    desk.record(MODELS[0])
    with altering(desk) as connection:
        connection.execute(sa.delete(disclosures))
        rebuild.rebuild(connection)
        found = get_model(connection, "m1").state.details.purpose
        assert found is not None
        assert found.text is None
        assert list(log.find_altered_disclosures(connection)) == []
        leaves = log.read_leaves(connection, 3)
        log.check_written(connection, 0, leaves, Frontier().extend(leaves))


def test_an_altered_disclosure_is_found(desk: Desk) -> None:
    desk.record(*HISTORY)
    forged = commit("Something nicer", b"0123456789abcdef")
    assert DETAILS.purpose is not None
    with altering(desk) as connection:
        change = sa.update(disclosures).where(disclosures.c.digest == DETAILS.purpose.digest)
        connection.execute(change.values(disclosure=forged.disclosure))
        assert list(log.find_altered_disclosures(connection)) == [DETAILS.purpose.digest]


def test_the_same_text_committed_twice_is_kept_once(desk: Desk) -> None:
    desk.record(MODELS[0], ModelEdited("m1", ModelDetails(purpose=said("Bepreisung von Krediten"))))
    with desk.workspace.read() as view:
        count = sa.select(sa.func.count()).select_from(disclosures)
        assert view.connection.execute(count).scalar() == 1


def test_a_subject_has_its_own_events_alone(desk: Desk) -> None:
    desk.record(*HISTORY)
    with desk.workspace.read() as view:
        found = log.read_subject(view.connection, "m2")
        assert [event.payload for _, event in found] == [
            event for event in HISTORY if getattr(event, "model", "") == "m2"
        ]
        positions = [position for position, _ in found]
        stored = log.read_subject_stored(view.connection, "m2", positions[2])
        assert [event.position for event in stored] == positions[:2]


@pytest.mark.parametrize(("asked", "part"), [(1, 1), (7, 3), (6, 3), (5_000, 4), (5_000, 5_000)])
def test_events_are_read_in_parts_without_a_gap(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, asked: int, part: int
) -> None:
    monkeypatch.setattr(log, "_ASKED", asked)
    monkeypatch.setattr(log, "_READ", part)
    desk.record(*HISTORY)
    size = len(HISTORY) + 2
    with desk.workspace.read() as view:
        assert [item.position for item in log.read_events(view.connection)] == [*range(size)]
        assert [item.position for item in log.read_events(view.connection, 3, 9)] == [*range(3, 9)]
        assert list(log.read_events(view.connection, size)) == []
    with altering(desk) as connection:
        connection.execute(sa.delete(events).where(events.c.position.in_([0, 4, 5])))
        left = [item.position for item in log.read_events(connection)]
        assert left == [1, 2, 3, *range(6, size)]


def test_a_checkpoint_is_the_newest_of_at_most_that_size(desk: Desk) -> None:
    desk.record(*MODELS[:3])
    desk.record(MODELS[3])
    with desk.workspace.read() as view:
        sizes = [size for size, _ in log.read_checkpoints(view.connection)]
        assert sizes == [2, 5, 6]
        notes = dict(log.read_checkpoints(view.connection))
        assert log.read_checkpoint(view.connection, 5) == notes[5]
        assert log.read_checkpoint(view.connection, 4) == notes[2]
        assert log.read_checkpoint(view.connection, 1) is None


def test_many_commitments_are_opened_at_once(desk: Desk) -> None:
    made = [commit(f"text {number}", number.to_bytes(16)) for number in range(1_200)]
    names = [ModelRegistered(f"m{at}", ModelDetails(purpose=kept)) for at, kept in enumerate(made)]
    desk.record(*names)
    with desk.workspace.read() as view:
        opened = log.open_commitments(view.connection, [kept.digest for kept in made])
    assert opened == {kept.digest: kept.disclosure for kept in made}


def test_an_answer_is_kept_once_and_comes_back_as_it_came(desk: Desk) -> None:
    content = b'{"registered_models": []}' * 100
    digest = sha256(content).hexdigest()
    answer = RawAnswer(digest, "GET /x", datetime(2026, 1, 15, tzinfo=UTC), content)
    with altering(desk) as connection:
        evidence.keep(connection, [answer, answer])
        evidence.keep(connection, [answer])
        assert evidence.read(connection, digest) == answer
        assert list(evidence.find_altered(connection)) == []
        size = connection.execute(sa.select(sa.func.length(kept_answers.c.compressed))).scalar_one()
        assert size < len(content) / 10
        for damaged in (b"junk", answer.content):
            connection.execute(sa.update(kept_answers).values(compressed=damaged))
            assert list(evidence.find_altered(connection)) == [digest]
            with pytest.raises(AppError, match="altered"):
                evidence.read(connection, digest)
        with pytest.raises(AppError, match="not_kept"):
            evidence.read(connection, "00")


@given(instances(ModelDetails))
def test_a_record_keeps_its_commitments_closed(details: ModelDetails) -> None:
    text = records.to_text(details)
    kept = [*codec.commitments(details)]
    assert sorted(records.digests_in(text)) == sorted(item.digest for item in kept)
    opened = {item.digest: item.disclosure or "" for item in kept}
    assert records.from_text(ModelDetails, text, opened) == details
    assert not any(disclosure in text for disclosure in opened.values())


@given(st.lists(texts).map(tuple), st.lists(instances(Actor)).map(tuple))
def test_lists_come_back_from_their_column(names: tuple[str, ...], actors: tuple[Actor]) -> None:
    assert records.texts(records.list_to_text(names)) == names
    assert records.list_from_text(Actor, records.list_to_text(actors)) == actors
