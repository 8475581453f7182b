"""Dossiers that earlier programs sealed: what is signed once must verify for as long as it is kept.

Where this fails, a published format was changed: add to it with a default in ``evidence.ADDED``, or
give it a new number and keep reading the old one. Never seal these files again.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.dossier import evidence, schema
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.dossier.verify import verify
from tests.dossier.judging import told
from tests.dossier.sample import content

KEPT = sorted((Path(__file__).parent / "fixtures").glob("*.pdf"))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_dossier_sealed_by_an_earlier_program_is_still_valid(path: Path) -> None:
    roots = path.with_suffix(".pem").read_bytes()
    verdict = verify(path.read_bytes(), roots, now=clock.from_text("2027-06-30T08:00:00.000Z"))
    assert told(verdict) == (Outcome.VALID, None)


def test_what_was_added_is_left_out_where_it_is_empty() -> None:
    full = content()
    bare = replace(full, facts=replace(full.facts, chapters=()))
    data = evidence.encode(bare)
    assert b'"chapters"' not in data
    assert evidence.decode(data).facts == bare.facts
    schema.require_valid(data, evidence.SCHEMA)
