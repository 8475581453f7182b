"""The sample bank's files: whole, consistent, and a clear error where they are not."""

import shutil
from pathlib import Path

import pytest

from mlops_desktop import paths
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.demo import data
from mlops_desktop.services.model_fields import field_names
from mlops_desktop.services.wording import explain

MODELS = data.read_models()
REQUESTS = data.read_requests()
BANK = data.read_bank()
OSFI_FIELDS = {
    "name", "description", "purpose", "tier", "owner", "developer", "origin", "validator",
    "dependencies", "data_sources", "limitations", "monitoring_status", "review_frequency_months",
}  # fmt: skip


def test_models_are_numbered_without_a_gap() -> None:
    assert [model.number for model in MODELS] == list(range(1, 29))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.number))
def test_a_model_has_the_fields_that_a_supervisor_asks_for(model: data.ModelPart) -> None:
    assert set(model.fields) >= OSFI_FIELDS
    assert set(model.fields) <= set(field_names())
    assert ("vendor" in model.fields) == (model.fields["origin"] == "vendor")


def test_everybody_named_is_a_person_of_the_bank() -> None:
    known = {person.name for person in BANK.person}
    named = {request.by for request in REQUESTS}
    named |= {decision.by for request in REQUESTS for decision in request.decision}
    named |= {edit.by for model in MODELS for edit in model.edit}
    for field in ("owner", "developer", "validator", "monitoring_owner"):
        named |= {model.fields[field] for model in MODELS if model.fields.get(field)}
    assert named <= known


def test_who_signs_may_sign_by_then() -> None:
    certified = {person.name: person.certified for person in BANK.person}
    fixed = [
        (decision.by, decision.on)
        for request in REQUESTS
        for decision in request.decision
        if decision.on.startswith("20")
    ]
    assert fixed
    assert [by for by, day in fixed if (certified[by] or "9") > day] == []


def test_gini_is_twice_the_auc_less_one_wherever_both_are_told() -> None:
    notes = [edit.fields.get("monitoring_note", "") for model in MODELS for edit in model.edit]
    (note,) = [note for note in notes if "AUC 0,83" in note and "Gini 0,66" in note]
    assert note
    assert round(2 * 0.83 - 1, 2) == 0.66


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("name = ", "Invalid"),
        ('[[request]]\nmodel = "five"\n', "int"),
        ("[[request]]\nmodel = 5\nversoin = '8'\n", "versoin"),
    ],
)
def test_a_malformed_file_is_named_with_its_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, part: str
) -> None:
    copied = tmp_path / "resources" / "demo"
    shutil.copytree(paths.resource("demo", "approvals"), copied / "approvals")
    (copied / "approvals" / "2025.toml").write_text(text, "utf-8")
    monkeypatch.setattr(paths, "_root", lambda: tmp_path)
    with pytest.raises(AppError) as raised:
        data.read_requests()
    monkeypatch.undo()
    assert raised.value.code == "demo.file_malformed"
    assert "2025.toml" in str(raised.value.where)
    assert part in explain(raised.value)[0]
