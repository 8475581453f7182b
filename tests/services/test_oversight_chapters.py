"""Conditions, meetings, recusals, permissions, emergencies: said, in words, and on paper."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pypdfium2
import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.content import Chapter, Kind, Missing, Reason, Value
from mlops_desktop.services import approvals, dossiers, emergencies, ledger, meetings, models
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.chapters import build_chapters
from mlops_desktop.services.dossiers.chapters.emergencies import _fields
from mlops_desktop.services.meetings import NewItem
from mlops_desktop.services.wording import LANGUAGES, read_words
from tests.services.conftest import FOUNDER, Bank
from tests.services.oversight import VALIDATOR, begin, tell
from tests.services.steps import SECOND, register

NAMES = ("conditions", "meetings", "recusals", "permissions", "emergencies")


def chapters(bank: Bank, as_of: AsOf = NOW) -> dict[str, Chapter]:
    sheet = models.show_model(bank.session, "1", as_of)
    with bank.session.workspace.read() as view:
        found = build_chapters(view, sheet, as_of)
    return {one.name: one for one in found if one.name in NAMES}


def spoken(chapter: Chapter) -> list[Value]:
    assert not isinstance(chapter.parts, Missing)
    cells = [field.values for part in chapter.parts for field in part.fields]
    grids = [part.grid for part in chapter.parts if part.grid is not None]
    cells += [cell for grid in grids for row in grid.rows for cell in row]
    return [value for cell in cells if not isinstance(cell, Missing) for value in cell]


def words_of(chapter: Chapter) -> set[str]:
    assert not isinstance(chapter.parts, Missing)
    wanted = {f"section.{chapter.name}", f"{chapter.name}.lead"}
    for part in chapter.parts:
        wanted.add(f"part.{part.name}")
        wanted |= {f"field.{item.name}" for item in part.fields}
        wanted |= {f"column.{name}" for name in (part.grid.columns if part.grid else ())}
    return wanted | {f"codes.{one.text}" for one in spoken(chapter) if one.kind is Kind.CODE}


def test_everything_told_is_in_a_chapter_and_has_words(bank: Bank) -> None:
    told = tell(bank)
    assert ledger.verify_ledger(bank.session).is_ok
    found = chapters(bank)
    assert set(found) == set(NAMES)
    for language in LANGUAGES:
        words = read_words(language)
        for chapter in found.values():
            missing = {name for name in words_of(chapter) if f"dossier.{name}" not in words}
            assert missing == set()
    texts = {name: {one.text for one in spoken(chapter)} for name, chapter in found.items()}
    number = approvals.show_request(bank.session, told.request).id
    assert {"Bericht", "Test", VALIDATOR, FOUNDER, "condition.met"} <= texts["conditions"]
    assert {number, "Eigenes Modell"} <= texts["recusals"]
    assert {"vote.approve", "vote.abstain", "hat das Modell entwickelt"} <= texts["meetings"]
    assert {"3", "2", "capacity.chair", "capacity.secretary"} <= texts["meetings"]
    assert "Beraten und beschlossen." not in texts["meetings"]
    assert {"AZ 4711", "permission.granted", "Nachkalibrierung", SECOND} <= texts["permissions"]
    assert {"emergency.open", "Angriff auf BIN-Bereich"} <= texts["emergencies"]


def test_what_ratified_an_emergency_is_named_and_titles_say_which_version(file_bank: Bank) -> None:
    tell(file_bank)
    found = chapters(file_bank)
    labels = {
        name: [one.label for one in told.parts]
        for name, told in found.items()
        if not isinstance(told.parts, Missing)
    }
    assert labels["emergencies"] == ["Version 8"], "a number alone is no title"
    assert labels["permissions"] == ["EZB, Version 7"]
    with file_bank.session.workspace.read() as view:
        sheet = models.read_sheet(view, models.show_model(file_bank.session, "1").row.key)
        (stand,) = emergencies.read_emergencies(view, sheet.row.key, NOW)
    fields = {one.name: one.values for one in _fields(sheet, replace(stand, request="A-00009"))}
    assert fields["emergency_approval"] == (Value(Kind.TEXT, "A-00009"),)


def test_nothing_told_is_said_with_its_reason(file_bank: Bank) -> None:
    register(file_bank)
    for chapter in chapters(file_bank).values():
        assert chapter.parts == Missing(Reason.NONE_YET)


def test_what_was_not_known_then_is_not_told(file_bank: Bank) -> None:
    long_ago = clock.now() - timedelta(days=40)
    with clock.reading(partial(lambda moment: moment, long_ago)):
        model = begin(file_bank)
    tell(file_bank, model)
    then = (clock.now() - timedelta(days=20)).date()
    as_of = AsOf(then, then)
    before = chapters(file_bank, as_of)
    assert {one.parts for one in before.values()} == {Missing(Reason.NONE_YET)}


def test_an_agenda_is_closed_with_the_minutes_and_holds_a_request_once(file_bank: Bank) -> None:
    told = tell(file_bank)
    with pytest.raises(AppError, match=r"meeting\.already_minuted"):
        meetings.add_item(file_bank.session, told.meeting, NewItem("Nachtrag"))
    row = meetings.show_meeting(file_bank.session, told.meeting)
    assert [item.number for item in row.called.agenda] == [1, 2]


def test_the_chapters_are_printed(file_bank: Bank, tmp_path: Path) -> None:
    tell(file_bank)
    out = tmp_path / "dossier.pdf"
    order = Order("1", out, "de")
    dossiers.export_dossier(file_bank.as_(VALIDATOR), order, file_bank.unlock(VALIDATOR))
    with pypdfium2.PdfDocument(out) as pdf:
        printed = " ".join(page.get_textpage().get_text_range() for page in pdf)
    for text in (
        "Sitzungen der Gremien", "Beschlussfähig ab", "hat das Modell entwickelt", "enthalten",
        "Nebenbestimmung", "AZ 4711", "Angezeigte Befangenheit", "Notfalländerungen",
        "wartet auf die Freigabe", "Auflagen der Freigaben", "vollständig",
    ):  # fmt: skip
        assert text in printed, text
