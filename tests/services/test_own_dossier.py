"""Fields of the workspace's own in a dossier: in both languages, archived ones marked as such."""

import json
from pathlib import Path

import pikepdf

from mlops_desktop.core.asof import NOW
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import Missing
from mlops_desktop.dossier.language import Language
from mlops_desktop.services import custom_fields, dossiers, models
from mlops_desktop.services.approvals import request_approval
from mlops_desktop.services.covered import FieldText
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.approvals import build_approvals
from mlops_desktop.services.reviews import show_sheet
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries.approvals import list_requests
from tests.services.conftest import Bank
from tests.services.steps import add_version, register
from tests.services.test_custom_fields import ALL, DORA, TEXTS, define

SIGNER = "Jonas Brandt"


def printed(bank: Bank, folder: Path, language: str) -> dict[str, dict[str, str]]:
    """Export, and return what the record prints of own fields, by section and label."""
    place = folder / f"{language}.pdf"
    wanted = Order("1", place, language=language)
    dossiers.export_dossier(bank.as_(SIGNER), wanted, bank.unlock(SIGNER))
    with pikepdf.open(place) as pdf:
        read = json.loads(pdf.attachments["evidence.json"].get_file().read_bytes())
    words: Words = read_words(language)
    said = Language(words)
    return {
        section["name"]: {
            said.either(row["label"]): _values(said, row["values"]) for row in section["fields"]
        }
        for section in read["facts"]["inventory"]
        if section["name"].startswith("custom")
    }


def _values(said: Language, told: object) -> str:
    from mlops_desktop.dossier.content import Kind, Value

    if isinstance(told, dict):
        return str(told["reason"])
    assert isinstance(told, list)
    return said.values(Value(Kind(one["kind"]), one["text"]) for one in told)


def test_the_record_names_them_in_the_language_of_the_dossier(
    file_bank: Bank, tmp_path: Path
) -> None:
    define(file_bank, *ALL)
    register(file_bank, **TEXTS)
    custom_fields.archive_field(file_bank.session, "budget")
    custom_fields.archive_field(file_bank.session, "licence_end")
    models.edit_model(file_bank.session, "1", {"custom.contact": ""})
    assert printed(file_bank, tmp_path, "de") == {
        "custom": {
            "DORA-kritisch": "Ja",
            "Kostenstelle": "4711",
            "Ansprechperson": "not_recorded",
        },
        "custom_archived": {"Budget": "−12.500,5", "Lizenzende": "31.03.2027"},
    }
    assert printed(file_bank, tmp_path, "en")["custom"]["DORA critical"] == "Yes"


def test_what_changed_of_a_covered_field_is_told_with_both_values(bank: Bank) -> None:
    define(bank, *ALL)
    model = register(bank, **TEXTS)
    add_version(bank, model)
    owner = bank.as_("Corinna Wolters")
    asked = request_approval(owner, model, "7", "production", "Bitte").id
    models.edit_model(bank.session, model, {"custom.dora": "no"})
    with bank.session.workspace.read() as view:
        sheet = models.read_sheet(view, model, NOW)
        found = build_approvals(view, sheet, list_requests(view.connection, model=model))
    assert not isinstance(found, Missing)
    (approval,) = found
    (change,) = approval.voided_by
    assert (change.name, change.before, change.after) == (
        "DORA critical / DORA-kritisch",
        "Yes / Ja",
        "No / Nein",
    )
    shown = show_sheet(bank.session, asked).fields
    (field,) = (one for one in shown if one.is_changed)
    assert field.own == DORA
    assert (field.then, field.now) == (FieldText("yes"), FieldText("no"))
