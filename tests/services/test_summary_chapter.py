"""The summary of a dossier: verdict, standing and what is next, each line with its page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.dossier.content import Chapter, Grid, Missing
from mlops_desktop.dossier.language import Language
from mlops_desktop.services import approvals, dossiers, models
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.deployments import Place, open_deployment
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.cells import code
from mlops_desktop.services.dossiers.chapters import summary
from mlops_desktop.services.dossiers.inventory import build_inventory
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.store.queries.approvals import list_requests
from tests.services.conftest import Bank
from tests.services.oversight import tell
from tests.services.steps import add_version, cast, register
from tests.services.test_oversight_chapters import spoken, words_of

SIGNER = "Jonas Brandt"


def summarised(bank: Bank, as_of: AsOf = NOW) -> Chapter:
    sheet = models.show_model(bank.session, "1", as_of)
    with bank.session.workspace.read() as view:
        return summary.build(view, sheet, as_of)


def verdict(chapter: Chapter) -> str:
    return next(one.text for one in spoken(chapter)).removeprefix("verdict.")


def grid(chapter: Chapter, name: str) -> Grid:
    assert not isinstance(chapter.parts, Missing)
    (found,) = [one.grid for one in chapter.parts if one.name == name]
    assert found is not None
    return found


def test_what_there_is_none_of_is_said_so(file_bank: Bank) -> None:
    register(file_bank)
    found = summarised(file_bank)
    assert verdict(found) == "never_validated"
    assert not isinstance(found.parts, Missing)
    fields = [(one.name, one.fields[0].values) for one in found.parts if one.fields]
    gaps = {name: told.reason.value for name, told in fields if isinstance(told, Missing)}
    nothing = ("findings", "conditions", "limits", "next")
    assert gaps == {
        "summary_metrics": "not_measured",
        **{f"summary_{name}": "none" for name in nothing},
    }


def test_what_nothing_measures_is_said_before_what_was_recorded(file_bank: Bank) -> None:
    register(file_bank, monitoring_status="warning")
    rows = grid(summarised(file_bank), "summary_standing").rows
    (told,) = [row[1] for row in rows if row[0] == code("standing.monitoring_status")]
    assert not isinstance(told, Missing)
    assert [one.text for one in told] == ["metric.unmeasured", "monitoring_recorded.warning"]


def test_the_verdict_is_that_of_the_day(file_bank: Bank) -> None:
    long_ago = clock.now() - timedelta(days=40)
    with clock.reading(partial(lambda moment: moment, long_ago)):
        add_version(file_bank, register(file_bank))
    open_deployment(file_bank.session, "1", Place("7", "production"))
    then = (clock.now() - timedelta(days=20)).date()
    assert verdict(summarised(file_bank, on(then))) == "never_validated"
    now = summarised(file_bank)
    assert verdict(now) == "in_use_without_approval"
    assert "exception.one" in {one.text for one in spoken(now)}


def test_conditions_stand_with_their_dates_and_everything_has_words(bank: Bank) -> None:
    tell(bank)
    found = summarised(bank)
    assert verdict(found) == "with_conditions"
    states = [row[3] for row in grid(found, "summary_conditions").rows]
    assert not isinstance(states[-1], Missing)
    assert states[-1][0].text == "condition.met"
    for language in LANGUAGES:
        words = read_words(language)
        assert {one for one in words_of(found) if f"dossier.{one}" not in words} <= {
            "codes.limitation.one",
            "codes.limitation.stage.open",
        }


_BOUND = (("Bericht", None),)
_IF, _YES = (
    Ballot(Decision.CONDITION, "Yes, if.", conditions=_BOUND),
    Ballot(Decision.APPROVE, "Yes."),
)


@pytest.mark.parametrize("is_limited", [False, True])
@pytest.mark.parametrize(
    ("ballot", "german"),
    [(_IF, "freigegeben mit Auflagen"), (_YES, "befristet freigegeben")],
)
def test_cover_and_summary_tell_one_approval_with_its_end(
    file_bank: Bank, ballot: Ballot, german: str, is_limited: bool
) -> None:
    until = clock.today() + timedelta(days=200) if is_limited else None
    add_version(file_bank, register(file_bank))
    request = approvals.request_approval(file_bank.as_("Corinna Wolters"), "1", "7", "production")
    for name in (SIGNER, "Miriam Sander"):
        cast(file_bank, request.id, name, replace(ballot, valid_until=until))
    sheet = models.show_model(file_bank.session, "1")
    with file_bank.session.workspace.read() as view:
        identity = build_inventory(sheet, list_requests(view.connection, model=sheet.row.key))[0]
    found, language = summarised(file_bank), Language(read_words("de"))
    wanted = german if is_limited or ballot is _IF else "freigegeben"
    if until is not None:
        wanted += f"\ngültig bis {language.day(until)}"
    (on_cover,) = [one.values for one in identity.fields if one.name == "approval"]
    rows = grid(found, "summary_standing").rows
    (in_summary,) = [row[1] for row in rows if row[0] == code("standing.approval")]
    assert [language.values(one) for one in (on_cover, in_summary)] == [wanted, wanted]
    assert not isinstance(found.parts, Missing)
    said = language.values(found.parts[0].fields[0].values)
    assert said[0].lower() + said[1:] == wanted


def links(path: Path, language: str) -> Iterator[tuple[str, int, str]]:
    """Yield for each reference to a section: its title, the page it leads to, what is printed."""
    shown = pypdfium2.PdfDocument(path)
    before = read_words(language).text("dossier.page_of", section="")
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        for number, one in enumerate(pdf.pages):
            for note in one.get("/Annots", pikepdf.Array()):
                told = str(note.get("/Contents", ""))
                if told.startswith(before):
                    left, bottom, right, top = map(float, note.Rect)
                    text = shown[number].get_textpage()
                    printed = text.get_text_bounded(left, bottom, right + 2, top)
                    yield told.removeprefix(before), pages[note.Dest[0].objgen], printed.strip()


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_line_leads_to_the_page_it_names(
    file_bank: Bank, tmp_path: Path, language: str
) -> None:
    tell(file_bank)
    out = tmp_path / "dossier.pdf"
    order = Order("1", out, language)
    dossiers.export_dossier(file_bank.as_(SIGNER), order, file_bank.unlock(SIGNER))
    found, words = list(links(out, language)), read_words(language)
    named = {
        name: words.text(f"dossier.section.{name}")
        for name in ("inventory", "approvals", "conditions", "validations")
    }
    assert {*named.values()} <= {title for title, _, _ in found}
    toc = pypdfium2.PdfDocument(out).get_toc()
    begins = {one.get_title(): one.get_dest().get_index() + 1 for one in toc}
    for title, page, printed in found:
        assert printed == str(page), title
        assert page in {at for name, at in begins.items() if name.endswith(title)}
    kept = tmp_path / "kept.pdf"
    dossiers.draft_dossier(
        file_bank.session, Order("1", kept, language, sections=("approvals", "conditions"))
    )
    assert {title for title, _, _ in links(kept, language)} == {
        named[name] for name in ("inventory", "approvals", "conditions")
    }
    told = "left out by choice" if language == "en" else "auf Wunsch ausgelassen"
    assert any(told in page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(kept))


def test_what_is_due_is_told_by_its_day(file_bank: Bank) -> None:
    models.register_model(
        file_bank.session, {"name": "M", "tier": "2", "next_review": "2031-05-01"}
    )
    rows = grid(summarised(file_bank), "summary_next").rows
    days = [cell[0].text for cell, *_ in rows if not isinstance(cell, Missing)]
    assert days == sorted(days)
    assert date(2031, 5, 1).isoformat() in days
    models.edit_model(
        file_bank.session, "1", {"next_review": "2025-05-01", "last_review": "2024-05-01"}
    )
    said = {one.text for one in spoken(summarised(file_bank))}
    assert {"past_due", "validated_as_recorded", "2024-05-01"} <= said
