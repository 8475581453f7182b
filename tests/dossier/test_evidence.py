"""The facts as data: canonical, complete, readable again, and true to the published schema."""

import json
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop import paths
from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier import evidence, schema
from mlops_desktop.dossier.content import Pair
from tests.dossier.sample import content, version, with_facts

BASE = content()


def test_evidence_is_rfc8785() -> None:
    written = evidence.encode(BASE)
    assert rfc8785.dumps(json.loads(written)) == written


def test_evidence_reads_back_as_the_content() -> None:
    read = evidence.decode(evidence.encode(BASE))
    assert read.document == BASE.document
    assert read.facts == BASE.facts


def test_leaves_read_back() -> None:
    assert evidence.decode_leaves(evidence.encode_leaves(BASE.leaves)) == BASE.leaves


def test_facts_have_one_digest_in_both_languages() -> None:
    german = content("de")
    assert evidence.encode(german) != evidence.encode(BASE)
    assert evidence.facts_digest(german.facts) == evidence.facts_digest(BASE.facts)


def test_another_fact_has_another_digest() -> None:
    changed = with_facts(BASE, model_name="PD Ratenkredit")
    assert evidence.facts_digest(changed.facts) != evidence.facts_digest(BASE.facts)


@given(st.text(), st.text(alphabet=st.characters()))
def test_any_text_becomes_canonical_evidence(name: str, value: str) -> None:
    odd = replace(version(5), tags=(Pair(name, value),))
    written = evidence.encode(with_facts(BASE, versions=(odd,)))
    assert rfc8785.dumps(json.loads(written)) == written
    schema.require_valid(written, evidence.SCHEMA)


def test_a_lone_surrogate_stays_readable() -> None:
    changed = with_facts(BASE, model_name="a\ud800b")
    assert evidence.decode(evidence.encode(changed)).facts.model_name == "a\\ud800b"


@pytest.mark.parametrize("name", [evidence.SCHEMA, evidence.LEDGER_SCHEMA])
def test_the_published_schema_is_the_one_of_the_classes(name: str) -> None:
    assert paths.schema(f"{name}.json").read_text("utf-8") == schema.dump(name)


def test_evidence_and_every_leaf_match_the_published_schemas() -> None:
    schema.require_valid(evidence.encode(BASE), evidence.SCHEMA)
    for line in evidence.encode_leaves(BASE.leaves).splitlines():
        schema.require_valid(line, evidence.LEDGER_SCHEMA)


def damaged(change: str) -> bytes:
    tree = json.loads(evidence.encode(BASE))
    if change == "foreign":
        tree["facts"]["mood"] = "good"
    elif change == "missing":
        del tree["facts"]["model_id"]
    elif change == "type":
        tree["facts"]["model_id"] = 7
    elif change == "reason":
        tree["facts"]["datasets"] = {"reason": "because", "detail": ""}
    elif change == "time":
        tree["document"]["created_at"] = "2026-09-30T19:05:12"
    return rfc8785.dumps(tree)


@pytest.mark.parametrize("change", ["foreign", "missing", "type", "reason", "time"])
def test_the_reader_refuses_what_the_schema_refuses(change: str) -> None:
    data = damaged(change)
    with pytest.raises(AppError, match=r"evidence\.malformed"):
        evidence.decode(data)
    if change != "time":  # JSON Schema only annotates formats
        with pytest.raises(AppError, match=r"evidence\.malformed"):
            schema.require_valid(data, evidence.SCHEMA)


def test_the_reader_refuses_other_bytes_of_the_same_facts() -> None:
    spaced = json.dumps(json.loads(evidence.encode(BASE))).encode()
    with pytest.raises(AppError, match=r"evidence\.malformed"):
        evidence.decode(spaced)


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"schema":1}'])
def test_the_reader_refuses_what_is_no_evidence(data: bytes) -> None:
    with pytest.raises(AppError, match=r"evidence\.malformed"):
        evidence.decode(data)


def test_facts_of_a_newer_program_are_told_apart() -> None:
    with pytest.raises(AppError, match=r"evidence\.newer") as refusal:
        evidence.decode(b'{"schema":"dossier-evidence-9"}')
    assert refusal.value.parameters == {"schema": "dossier-evidence-9"}
