"""A dossier of many models: sealed, recorded, verified, countersigned and compared like one."""

import json
from functools import partial
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.sampling import Draw, population_digest, rank_hash
from mlops_desktop.dossier import evidence, schema
from mlops_desktop.dossier.bundle import binding, parts
from mlops_desktop.dossier.bundle.printing import print_part
from mlops_desktop.dossier.bundle.shapes import PrintedPart
from mlops_desktop.dossier.content import Document, Facts
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.render import read_text
from mlops_desktop.dossier.verdict import Outcome, Step
from mlops_desktop.services import dossiers, ledger, models
from mlops_desktop.services.dossiers import Exported, Order, Population, Scope
from tests.services.conftest import Bank
from tests.services.steps import register

SIGNER = "Jonas Brandt"
SEED = "Prüfung 2026-11"
NAMES = ("PD Mittelstand", "LGD Baufinanzierung", "Kartenbetrug", "Kündigungsprognose")


@pytest.fixture
def stocked(bank: Bank) -> Bank:
    for number, name in enumerate(NAMES):
        register(bank, name=name, tier=str(number % 2 + 1))
    return bank


def export(bank: Bank, out: Path, population: Population, **order: object) -> Exported:
    wanted = Order("", out, scope=Scope.PORTFOLIO, population=population, **order)  # type: ignore[arg-type]
    return dossiers.export_dossier(bank.as_(SIGNER), wanted, bank.unlock(SIGNER))


def facts_in(path: Path) -> dict[str, object]:
    with pikepdf.open(path) as pdf:
        content = pdf.attachments["evidence.json"].get_file().read_bytes()
    facts: dict[str, object] = json.loads(content)["facts"]
    return facts


def fields_in(path: Path) -> dict[str, str]:
    facts = facts_in(path)
    chapters = facts["chapters"]
    assert isinstance(chapters, list)
    (found,) = (one for one in chapters if one["name"] == "population")
    told = (field for part in found["parts"] for field in part["fields"])
    return {field["name"]: field["values"][0]["text"] for field in told}


def test_a_sample_is_drawn_by_the_printed_rule(stocked: Bank, tmp_path: Path) -> None:
    out = tmp_path / "portfolio.pdf"
    made = export(stocked, out, Population(draw=Draw(2, SEED)))
    ids = [f"M-{number:05}" for number in range(1, len(NAMES) + 1)]
    drawn = sorted(ids, key=lambda one: rank_hash(SEED, one))[:2]
    told = fields_in(out)
    assert told["sample_seed"] == SEED
    assert (told["population_count"], told["sample_drawn"]) == ("4", "2")
    assert told["population_digest"] == population_digest(ids)
    text = "".join(read_text(out.read_bytes()))
    for one in drawn:
        assert rank_hash(SEED, one)[:20] in text.replace("\r\n", "").replace("\n", "")
    (row,) = dossiers.list_dossiers(stocked.session)
    assert (row.scope, row.model_id, row.population, row.drawn) == ("portfolio", "", 4, 2)
    assert row.key == made.id


def test_it_verifies_here_and_with_the_authority_alone(stocked: Bank, tmp_path: Path) -> None:
    out = tmp_path / "portfolio.pdf"
    made = export(stocked, out, Population("tier:1"))
    here = dossiers.verify_dossier(out, session=stocked.session)
    assert (here.verdict.outcome, here.recorded_as) == (Outcome.VALID, made.id)
    assert {check.step for check in here.verdict.checks} == set(Step)
    assert fields_in(out)["population_filter"] == "tier:1"
    assert fields_in(out)["population_count"] == "2"


def test_a_filter_that_fits_nothing_is_refused(stocked: Bank, tmp_path: Path) -> None:
    out = tmp_path / "portfolio.pdf"
    with pytest.raises(AppError, match=r"dossier\.no_models"):
        export(stocked, out, Population("tier:4"))
    with pytest.raises(AppError, match=r"sample\.with_full"):
        export(stocked, out, Population(draw=Draw(1, SEED), is_full=True))
    with pytest.raises(AppError, match=r"dossier\.no_approvers"):
        export(stocked, out, Population(), signers=("approvers",))
    assert not out.exists()


def lines_in(path: Path, name: str) -> list[bytes]:
    with pikepdf.open(path) as pdf:
        return pdf.attachments[name].get_file().read_bytes().splitlines()


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the parts that are set, each by its model."""
    made: list[str] = []

    def note(document: Document, facts: Facts, language: Language) -> PrintedPart:
        made.append(facts.model_id)
        return print_part(document, facts, language)

    monkeypatch.setattr(parts, "print_part", note)
    return made


def test_each_model_drawn_has_a_part_that_is_set_once(
    stocked: Bank, tmp_path: Path, shelf: list[str]
) -> None:
    out, again = tmp_path / "one.pdf", tmp_path / "two.pdf"
    export(stocked, out, Population(draw=Draw(2, SEED)))
    named = facts_in(out)["model_parts"]
    assert isinstance(named, list)
    lines = lines_in(out, "models.jsonl")
    assert [sha256(line).hexdigest() for line in lines] == [one["facts"] for one in named]
    for line in lines:
        schema.require_valid(line, evidence.MODEL_SCHEMA)
    facts = facts_in(out)
    size = facts["ledger"]["checkpoint"]["head"]["size"]  # type: ignore[index]
    left_out = {one["what"]: one["count"] for one in facts["blind_spots"]["left_out"]}  # type: ignore[index]
    assert left_out["ledger_entries"] == size - len(lines_in(out, "ledger-extract.jsonl"))
    assert shelf == [one["model_id"] for one in named]
    found = dossiers.verify_dossier(out, session=stocked.session).verdict
    assert found.outcome is Outcome.VALID
    text = read_text(out.read_bytes())
    assert f"Page {len(text)} of {len(text)}" in text[-1]

    models.edit_model(stocked.session, named[0]["model_id"], {"tier": "3"})
    export(stocked, again, Population(draw=Draw(2, SEED)))
    assert shelf == [one["model_id"] for one in [*named, named[0]]]
    compared = dossiers.diff_dossiers(out, again).differences
    changed = [one.thing for one in compared if one.section == "model_parts"]
    assert next(one.split()[0] for one in changed) == named[0]["model_id"]


def test_a_stopped_or_failing_bundle_leaves_nothing(
    stocked: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "portfolio.pdf"
    size = ledger.read_state(stocked.session).size
    wanted = Order("", out, scope=Scope.PORTFOLIO, population=Population(is_full=True))
    for steps in (0, 3, 6, 10):
        answers = iter([False] * steps)
        with pytest.raises(AppError, match=r"dossier\.cancelled"):
            dossiers.export_dossier(
                stocked.as_(SIGNER),
                wanted,
                stocked.unlock(SIGNER),
                is_cancelled=partial(next, answers, True),
            )
    monkeypatch.setattr(binding, "append", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(stocked, out, Population(is_full=True))
    assert [entry.name for entry in tmp_path.glob("*portfolio*")] == []
    assert ledger.read_state(stocked.session).size == size


def test_it_is_countersigned_in_the_place_prepared(stocked: Bank, tmp_path: Path) -> None:
    out, second = tmp_path / "portfolio.pdf", "Miriam Sander"
    export(stocked, out, Population(draw=Draw(1, SEED)), signers=(second,))
    dossiers.countersign_dossier(stocked.as_(second), out, stocked.unlock(second))
    found = dossiers.verify_dossier(out, session=stocked.session).verdict
    assert (found.outcome, len(found.signatures)) == (Outcome.VALID, 2)
