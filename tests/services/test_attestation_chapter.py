"""The chapter on attestations: which campaigns asked, who answered what, in both languages."""

from datetime import timedelta
from pathlib import Path

import pypdfium2

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, on
from mlops_desktop.core.attestations import Answer, Target
from mlops_desktop.dossier.content import Chapter, Kind, Missing, Value
from mlops_desktop.services import dossiers, models, people
from mlops_desktop.services.attestations import answering, running
from mlops_desktop.services.attestations.answering import Wish
from mlops_desktop.services.attestations.running import NewCampaign
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.chapters.attestations import build
from mlops_desktop.services.wording import LANGUAGES, read_words
from tests.services.conftest import Bank
from tests.services.steps import register

SIGNER = "Jonas Brandt"


def asked(bank: Bank) -> None:
    """A model asked about twice; the first campaign was withdrawn, the second answered twice."""
    register(bank, owner="Dr. Katrin Feddersen")
    due = clock.today() + timedelta(days=30)
    wanted = NewCampaign("Inventar 2025", "Trifft zu.", due, (Target("100", 1),))
    running.open_campaign(bank.session, wanted)
    running.withdraw_campaign(bank.session, "AC-1", "falscher Umfang")
    running.open_campaign(bank.session, wanted)
    phantom = people.enrol_person(bank.session, people.Enrolment("Peter Phantom"), lambda: "").id
    bank.ids["Peter Phantom"] = phantom
    for owner, answer in (
        ("Peter Phantom", Answer.CANNOT_SAY), ("Corinna Wolters", Answer.CORRECT)
    ):  # fmt: skip
        models.edit_model(bank.session, "1", {"owner": owner})
        wish = Wish("1", answer, "Akte angefordert")
        answering.give_answers(bank.as_(owner), "AC-2", [wish])


def chapter(bank: Bank) -> Chapter:
    sheet = models.show_model(bank.session, "1")
    with bank.session.workspace.read() as view:
        return build(view, sheet, NOW)


def test_it_tells_every_answer_and_has_words_for_all(file_bank: Bank, tmp_path: Path) -> None:
    asked(file_bank)
    found = chapter(file_bank)
    assert not isinstance(found.parts, Missing)
    assert [part.label for part in found.parts] == [
        "AC-00002 Inventar 2025",
        "AC-00001 Inventar 2025",
    ]
    newest, oldest = found.parts
    assert newest.grid is not None
    assert oldest.grid is None
    unanswered = (Value(Kind.CODE, "attest_unanswered"),)
    assert [one.values for one in oldest.fields if one.name == "attest_answered"] == [unanswered]
    assert "attest_answered" not in {one.name for one in newest.fields}
    said = [row[1][0].text for row in newest.grid.rows if not isinstance(row[1], Missing)]
    assert said == ["attest_answer.cannot_say", "attest_answer.correct"]
    assert [row[4] for row in newest.grid.rows] == [
        (Value(Kind.CODE, "attest_signed.no"),), (Value(Kind.CODE, "attest_signed.yes"),)
    ]  # fmt: skip
    values = [one.values for part in found.parts for one in part.fields]
    values += [cell for row in newest.grid.rows for cell in row]
    texts = [value for cell in values if not isinstance(cell, Missing) for value in cell]
    wanted = {f"codes.{value.text}" for value in texts if value.kind is Kind.CODE}
    wanted |= {f"field.{one.name}" for part in found.parts for one in part.fields}
    wanted |= {f"column.{name}" for name in newest.grid.columns}
    for language in LANGUAGES:
        words = read_words(language)
        assert {name for name in wanted if f"dossier.{name}" not in words} == set()
    before = clock.today() - timedelta(days=1)
    with file_bank.session.workspace.read() as view:
        sheet = models.show_model(file_bank.session, "1")
        assert isinstance(build(view, sheet, on(before)).parts, Missing)
    assert "Akte angefordert" in _printed(file_bank, tmp_path / "dossier.pdf")


def _printed(bank: Bank, path: Path) -> str:
    order = Order("1", path, "de")
    dossiers.export_dossier(bank.as_(SIGNER), order, bank.unlock(SIGNER))
    with pypdfium2.PdfDocument(path) as pdf:
        said = " ".join(page.get_textpage().get_text_range() for page in pdf)
    return " ".join(said.split())
