"""Drafts of validations and meetings: what they say, in both languages, on both databases."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Role
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.core.report_plans import ReportKind
from mlops_desktop.core.rules import Rule, Step
from mlops_desktop.services import items, meetings
from mlops_desktop.services.items import Given
from mlops_desktop.services.meetings import NewItem, NewMeeting
from mlops_desktop.services.reports import plans
from mlops_desktop.services.reports.documents import PaperOrder, draft_paper
from mlops_desktop.services.reports.plans import DateRule, Every, Wanted
from mlops_desktop.services.reports.running import run_now
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import APPROVE, add_version, ask, cast, put_in_force
from tests.services.test_items import TEXTS

BODY = "Modellrisikokomitee"
RULE = Rule(
    "committee",
    (Step("validation", 1, (Role.VALIDATOR,)), Step("committee", 1, committee=BODY)),
    is_ordered=True,
)
HOSTILE = "<b>Nachweis</b>\u202e =cmd()"


def _words(data: bytes) -> str:
    found = docx.Document(BytesIO(data))
    cells = (cell.text for table in found.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(one.text for one in found.paragraphs), *cells))


@pytest.fixture
def prepared(bank: Bank) -> Bank:
    """A request, a validation with a light, a finding, and a meeting about the request."""
    put_in_force(bank, RULE)
    request = ask(bank)
    items.open_item(bank.session, FINDING, Given(TEXTS | {"title": HOSTILE}, ("M-00001",)))
    texts = {"title": "Erstvalidierung", "cause": "initial", "owner": "Jonas Brandt"}
    validator = bank.as_("Jonas Brandt")
    opened = items.open_item(
        validator, VALIDATION, Given(texts | {"due": "2096-12-31"}, ("M-00001",))
    )
    items.take_step(validator, VALIDATION, opened.id, "start", Given({}))
    judged = {"area": "data", "light": "yellow"}
    items.take_step(
        validator, VALIDATION, opened.id, "judge", Given(judged, reason="Lücken in 2020")
    )
    agenda = (NewItem("Freigabe v7", request), NewItem("Bericht zur Kenntnis"))
    people = (FOUNDER, "Miriam Sander", ("Jonas Brandt",))
    meetings.call_meeting(bank.session, NewMeeting(BODY, clock.today(), *people, 1, agenda))
    return bank


def test_a_validation_and_a_meeting_are_drafted(prepared: Bank, tmp_path: Path) -> None:
    session = prepared.session
    made = {}
    for language in ("en", "de"):
        path = tmp_path / f"v-{language}.docx"
        done = draft_paper(session, PaperOrder(ReportKind.VALIDATION, "V-00001", path, language))
        made[language] = (_words(path.read_bytes()), done.content)
    assert made["en"][1] == made["de"][1]
    said = {
        "en": ("Validation report", "yellow", "to be written"),
        "de": ("Validierungsbericht", "gelb", "noch zu verfassen"),
    }
    for language, words in said.items():
        for word in (*words, "Lücken in 2020", "<b>Nachweis</b>[U+202E] =cmd()", "M-00001"):
            assert word in made[language][0]
    (meeting,) = meetings.list_meetings(session)
    path = tmp_path / "m.docx"
    draft_paper(session, PaperOrder(ReportKind.COMMITTEE, meeting.id, path, "de"))
    told = _words(path.read_bytes())
    for word in ("Vorlage für das Gremium", "1. Freigabe v7", "Bitte bis Freitag", "Modellrisiko"):
        assert word in told
    assert "Für dieses Modell wurde bisher nichts freigegeben." in told
    assert "zur Kenntnis, ohne Antrag" in told
    assert [one.kind for one in plans.list_drafts(session)] == [
        "committee", "validation", "validation",
    ]  # fmt: skip


def test_the_difference_from_what_was_approved_is_shown(file_bank: Bank, tmp_path: Path) -> None:
    from mlops_desktop.services import approvals

    first = ask(file_bank)
    for name in ("Jonas Brandt", "Miriam Sander"):
        cast(file_bank, first, name, APPROVE)
    put_in_force(file_bank, RULE)
    add_version(file_bank, _model(file_bank), "8", "sha256:bb")
    owner = file_bank.as_("Corinna Wolters")
    second = approvals.request_approval(owner, "M-00001", "8", "production", "Besser")
    people = (FOUNDER, "Miriam Sander", ("Jonas Brandt",))
    item = NewItem("Freigabe v8", second.id)
    wanted = NewMeeting(BODY, clock.today(), *people, 1, (item,))
    meetings.call_meeting(file_bank.session, wanted)
    (meeting,) = meetings.list_meetings(file_bank.session)
    path = tmp_path / "m.docx"
    draft_paper(file_bank.session, PaperOrder(ReportKind.COMMITTEE, meeting.id, path))
    tables = docx.Document(str(path)).tables
    (found,) = [one for one in tables if one.rows[0].cells[0].text == "Field"]
    rows = [tuple(cell.text for cell in row.cells) for row in found.rows[1:]]
    assert ("Artefact (version)", "sha256:aa", "sha256:bb") in rows
    assert all(before != after for _, before, after in rows)
    assert ("Version", "7", "8") in rows
    assert f"{first_id(file_bank, first)}, version 7" in _words(path.read_bytes())


def first_id(bank: Bank, key: str) -> str:
    from mlops_desktop.services import approvals

    return next(one.id for one in approvals.list_requests(bank.session) if one.key == key)


def _model(bank: Bank) -> str:
    from mlops_desktop.services import models

    (row,) = models.list_models(bank.session, models.ModelFilter())
    return row.key


def test_plans_draft_what_is_being_validated_and_what_will_be_decided(
    prepared: Bank, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    session, usual = (
        prepared.session,
        Wanted(every=Every.MONTH, dated=DateRule.DUE_DAY, recipients=("Dr. Ulrich Harms",)),
    )
    for name, kind, line in (
        ("reports", ReportKind.VALIDATION, "tier:1"),
        ("nothing", ReportKind.VALIDATION, "tier:4"),
        ("papers", ReportKind.COMMITTEE, None),
    ):
        plans.add_plan(session, name, replace(usual, kind=kind, filter=line))
    runs = {one.plan: one for one in run_now(session, ("reports", "nothing", "papers"), out=out)}
    assert all(one.error is None for one in runs.values())
    assert runs["nothing"].files == ()
    (report,), (agenda,) = runs["reports"].files, runs["papers"].files
    assert "V-00001" in report.name
    assert "K-0" in agenda.name
    assert "Dr. Ulrich Harms" in _words(report.read_bytes())
    assert "DRAFT" in docx.Document(str(agenda)).sections[0].header.paragraphs[0].text
    assert all(one.is_done_before for one in run_now(session, ("nothing",), out=out))


def test_a_draft_goes_where_it_can(file_bank: Bank, tmp_path: Path) -> None:
    def refused(path: Path, named: str = "V-00001") -> str:
        with pytest.raises(AppError) as error:
            draft_paper(file_bank.session, PaperOrder(ReportKind.VALIDATION, named, path))
        return error.value.code

    there = tmp_path / "there.docx"
    there.write_bytes(b"mine")
    assert refused(tmp_path / "x.pdf") == "report.not_docx"
    assert refused(there) == "dossier.file_exists"
    assert refused(tmp_path / "no" / "x.docx") == "dossier.no_folder"
    assert refused(tmp_path / "x.docx", "V-00099") == "item.not_found"
    assert there.read_bytes() == b"mine"
    assert not (tmp_path / "x.docx").exists()
