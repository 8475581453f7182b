"""A dossier of many models: sealed, recorded, verified, countersigned and compared like one."""

import json
from pathlib import Path

import pikepdf
import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.sampling import Draw, population_digest, rank_hash
from mlops_desktop.dossier.render import read_text
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.services import dossiers
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
    assert len(here.verdict.checks) == 10
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
