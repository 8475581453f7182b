"""Planned reports: due once, caught up, one failure stops none, nothing half done."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdfium2 import PdfDocument

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.services import items
from mlops_desktop.services.items import Given
from mlops_desktop.services.notices import collecting as notices
from mlops_desktop.services.notices.collecting import collect
from mlops_desktop.services.reports import drafting, plans
from mlops_desktop.services.reports.plans import DateRule, Every, ReportKind, Wanted
from mlops_desktop.services.reports.running import Run, run_due, run_now
from tests.services.conftest import Bank
from tests.services.steps import register
from tests.services.test_items import TEXTS

NAMES = ("Dr. Ulrich Harms <harms@bank.example>", "<img src=x onerror=1>\u202e")


def _at(month: int, day: int) -> datetime:
    return datetime(2027, month, day, 9, tzinfo=UTC)


@pytest.fixture
def filled(bank: Bank) -> Bank:
    with clock.reading(lambda: _at(1, 4)):
        register(bank, next_review="2027-02-28", regions="DE")
        plans.add_plan(
            bank.session,
            "board",
            Wanted(after=5, languages=("en", "de"), recipients=NAMES, title="An den Vorstand"),
        )
    with clock.reading(lambda: _at(3, 1)):
        items.open_item(bank.session, FINDING, Given(TEXTS | {"due": "2027-03-15"}, ("M-00001",)))
    return bank


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


def _facts(path: Path) -> dict[str, object]:
    with pikepdf.open(path) as pdf:
        data = pdf.attachments["evidence.json"].get_file().read_bytes()
    return dict(json.loads(data)["facts"])


def _text(path: Path) -> str:
    with PdfDocument(path.read_bytes()) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_what_was_missed_is_caught_up_as_it_would_have_been(filled: Bank, out: Path) -> None:
    with clock.reading(lambda: _at(7, 20)):
        (sheet,) = plans.list_plans(filled.session)
        assert sheet.missed == (date(2027, 1, 8), date(2027, 4, 7), date(2027, 7, 7))
        assert sheet.next_due == date(2027, 10, 7)
        runs = run_due(filled.session, out=out)
        assert [(one.due, len(one.files), one.error) for one in runs] == [
            (day, 3, None) for day in sheet.missed
        ]
        assert run_due(filled.session, out=out) == ()
        # By hand for a day that was drafted: nothing is doubled.
        (again,) = run_now(filled.session, ("board",), date(2027, 4, 7), out)
        assert (again.is_done_before, again.files) == (True, ())
    assert len([*out.iterdir()]) == 9
    spring = {path.name: path for path in runs[1].files}
    english, german = spring["board-2027-03-31-en.pdf"], spring["board-2027-03-31-de.pdf"]
    assert _facts(english) == _facts(german)
    dates = _facts(english)["as_of"]
    assert isinstance(dates, dict)
    assert dates["as_at"] == "2027-03-31"
    for path, word, mark in (
        (english, "validation is overdue", "DRAFT – not signed"),
        (german, "Validierung ist überfällig", "ENTWURF – nicht signiert"),
    ):
        told = " ".join(_text(path).split())
        assert word in told
        assert mark in told
        assert "[U+202E]" in told
        with PdfDocument(path.read_bytes()) as pdf:
            assert 2 <= len(pdf) <= 4
    (drafted, *_) = [one for one in plans.list_drafts(filled.session) if one.due == runs[1].due]
    assert (drafted.plan, drafted.as_at, drafted.kind) == ("board", "2027-03-31", "board")


def test_the_message_is_a_draft_with_the_files(filled: Bank, out: Path) -> None:
    with clock.reading(lambda: _at(1, 10)):
        (run,) = run_due(filled.session, out=out)
    mail = message_from_bytes(run.files[-1].read_bytes(), policy=policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == '"Dr. Ulrich Harms" <harms@bank.example>'
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == [path.name for path in run.files[:2]]


def test_one_failure_stops_no_other_and_is_tried_again(
    filled: Bank, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = filled.session
    with clock.reading(lambda: _at(4, 10)):
        plans.add_plan(session, "another", Wanted(starts=date(2027, 4, 1)))

        def torn(*_: object) -> Iterator[drafting.Draft]:
            yield drafting.Draft("", "en", ".pdf", b"half", "")
            raise ZeroDivisionError

        whole = dict(drafting._MAKERS)

        def sometimes(session: object, row: plans.PlanRow, due: date) -> Iterator[drafting.Draft]:
            made = torn if row.name == "another" else whole[ReportKind.BOARD]
            return made(session, row, due)  # type: ignore[arg-type]

        monkeypatch.setitem(drafting._MAKERS, ReportKind.BOARD, sometimes)
        runs = run_due(session, out=out)
        told = {one.plan: one.error.code if one.error else len(one.files) for one in runs}
        assert told == {"another": "program.failed", "board": 3}
        assert not [path for path in out.iterdir() if "another" in path.name]
        monkeypatch.setitem(drafting._MAKERS, ReportKind.BOARD, whole[ReportKind.BOARD])
        (mended,) = run_due(session, out=out)
        assert (mended.plan, len(mended.files)) == ("another", 1)


def test_nothing_is_half_done_where_a_file_cannot_be_written(
    filled: Bank, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Path.replace
    replaced: list[Path] = []

    def full(self: Path, target: Path) -> Path:
        if replaced:
            raise OSError(28, "No space left on device")
        replaced.append(target)
        return kept(self, target)

    with clock.reading(lambda: _at(1, 10)):
        monkeypatch.setattr(Path, "replace", full)
        (run,) = run_due(filled.session, out=out)
        assert run.error is not None
        assert run.error.code == "dossier.cannot_write"
        assert [*out.iterdir()] == []
        assert plans.list_drafts(filled.session) == ()
        monkeypatch.undo()


def test_another_desk_that_was_first_keeps_its_draft(filled: Bank, out: Path) -> None:
    """Both looked before either wrote: the second finds it out in its own transaction."""
    session = filled.session
    with clock.reading(lambda: _at(1, 10)):
        inner = drafting._MAKERS[ReportKind.BOARD]

        def overtaken(given: object, row: plans.PlanRow, due: date) -> Iterator[drafting.Draft]:
            drafting._MAKERS[ReportKind.BOARD] = inner
            ours: tuple[Run, ...] = run_due(session, out=out)
            assert len(ours[0].files) == 3
            return inner(session, row, due)

        drafting._MAKERS[ReportKind.BOARD] = overtaken
        try:
            (late,) = run_due(session, out=out)
        finally:
            drafting._MAKERS[ReportKind.BOARD] = inner
        assert (late.is_done_before, late.files) == (True, ())
    assert len([*out.iterdir()]) == 3
    assert len(plans.list_drafts(session)) == 2


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(starts=date(2020, 1, 1)), "report.starts_refused"),
        (Wanted(after=61), "report.days_refused"),
        (Wanted(dated=DateRule.FIXED), "report.day_missing"),
        (Wanted(kind=ReportKind.MODEL), "report.no_models"),
        (Wanted(filter="tier:1"), "report.whole_portfolio"),
        (Wanted(kind=ReportKind.MODEL, model="M-00001", filter="x"), "report.model_and_filter"),
        (Wanted(kind=ReportKind.MODEL, filter="nothing:x"), "filter.unknown_key"),
        (Wanted(kind=ReportKind.REGULATOR), "report.regime_missing"),
        (Wanted(kind=ReportKind.REGULATOR, regime="nobody"), "profile.not_found"),
        (Wanted(regime="osfi-e23"), "report.not_of_kind"),
        (Wanted(template="short"), "report.not_of_kind"),
        (Wanted(kind=ReportKind.PORTFOLIO, template="no"), "dossier.unknown_template"),
        (Wanted(languages=("fr",)), "report.language_refused"),
        (Wanted(pattern="../{plan}"), "report.pattern_refused"),
        (Wanted(pattern="{plan.__class__}"), "report.pattern_refused"),
        (Wanted(pattern="{plan:>999999999}"), "report.pattern_refused"),
        (Wanted(pattern="{plan"), "report.pattern_refused"),
        (Wanted(folder="reports"), "report.folder_relative"),
    ],
)
def test_a_plan_that_cannot_run_is_refused(file_bank: Bank, wanted: Wanted, code: str) -> None:
    register(file_bank)
    with pytest.raises(AppError) as refused:
        plans.add_plan(file_bank.session, "board", wanted)
    assert refused.value.code == code
    assert plans.list_plans(file_bank.session) == ()


def test_a_plan_is_changed_and_ended_for_good(filled: Bank, out: Path) -> None:
    session = filled.session
    with clock.reading(lambda: _at(1, 20)):
        before = plans.show_plan(session, "board").row.plan
        with pytest.raises(AppError, match=r"report\.nothing_changed"):
            plans.change_plan(session, "board", Wanted(recipients=NAMES, title="An den Vorstand"))
        plans.change_plan(session, "board", Wanted(every=Every.MONTH, title=""), "Beschluss")
        after = plans.show_plan(session, "board").row.plan
        assert after == replace(before, every=Every.MONTH, title=None)
        plans.end_plan(session, "board")
        for act in (plans.end_plan, lambda s, n: plans.change_plan(s, n, Wanted(after=2))):
            with pytest.raises(AppError, match=r"report\.plan_ended"):
                act(session, "board")
        with pytest.raises(AppError, match=r"report\.name_given"):
            plans.add_plan(session, "board", Wanted())
        assert run_due(session, out=out) == ()
        (sheet,) = plans.list_plans(session)
        assert (sheet.next_due, sheet.missed) == (None, ())
        with pytest.raises(AppError, match=r"report\.day_to_come"):
            run_due(session, on=date(2027, 2, 1))
        with pytest.raises(AppError, match=r"report\.name_refused"):
            plans.add_plan(session, "../x", Wanted())


def test_the_report_is_archival_and_tagged(file_bank: Bank, out: Path) -> None:
    plans.add_plan(file_bank.session, "board", Wanted(languages=("de",), dated=DateRule.DUE_DAY))
    (run,) = run_now(file_bank.session, ("board",), out=out)
    with pikepdf.open(BytesIO(run.files[0].read_bytes())) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "de"
        assert "/AcroForm" not in pdf.Root
        assert "/StructTreeRoot" in pdf.Root


def test_what_is_due_is_told_to_who_planned_it(file_bank: Bank, out: Path) -> None:
    with clock.reading(lambda: _at(1, 4)):
        plans.add_plan(file_bank.session, "board", Wanted(after=5, title="An den Vorstand"))
        run_now(file_bank.session, ("board",), out=out)
    with clock.reading(lambda: _at(4, 1)):
        found = collect(file_bank.session, notices.Wanted(within=30, titles=True)).notices
    told = [(one.id, one.due, one.title) for one in found if one.kind == "report"]
    days = (date(2027, 1, 8), date(2027, 4, 7))
    assert told == [(f"board/{day}", day, "An den Vorstand") for day in days]


def test_a_portfolio_and_a_regulators_view_are_drafted(file_bank: Bank, out: Path) -> None:
    register(file_bank)
    usual = Wanted(every=Every.YEAR, dated=DateRule.DUE_DAY, folder=str(out))
    plans.add_plan(file_bank.session, "all", replace(usual, kind=ReportKind.PORTFOLIO))
    regime = replace(usual, kind=ReportKind.REGULATOR, regime="osfi-e23", languages=("de",))
    plans.add_plan(file_bank.session, "view", regime)
    one = replace(usual, kind=ReportKind.MODEL, filter="tier:1", pattern="{subject}")
    plans.add_plan(file_bank.session, "one", one)
    runs = run_now(file_bank.session, ("all", "view", "one"))
    told = {
        run.plan: (run.error and run.error.code, [path.name for path in run.files]) for run in runs
    }
    today = clock.today()
    assert told == {
        "all": (None, [f"all-{today}-en.pdf"]),
        "view": (None, [f"view-osfi-e23-{today}-de.pdf"]),
        "one": (None, ["M-00001.pdf"]),
    }
    assert "ENTWURF" in _text(runs[1].files[0])
    assert plans.list_drafts(file_bank.session)[0].subject == "M-00001"


def test_nothing_is_reported_of_a_day_before_the_register(file_bank: Bank, out: Path) -> None:
    plans.add_plan(file_bank.session, "board", Wanted(dated=DateRule.FIXED, fixed=date(2020, 1, 1)))
    (run,) = run_now(file_bank.session, ("board",), out=out)
    assert (run.error, run.files) == (None, ())
    assert [*out.iterdir()] == []
    (kept,) = plans.list_drafts(file_bank.session)
    assert (kept.digest, kept.plan) == ("", "board")
