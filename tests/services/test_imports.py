"""Registers come in: dry run, all or nothing, differences only, and never an approval."""

from datetime import date
from pathlib import Path

import pytest

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Move, Scope, State
from mlops_desktop.services import imports, ledger, models
from mlops_desktop.services.exports import Wish, export_models
from mlops_desktop.services.imports import Given, Source, Wishes
from mlops_desktop.services.imports.report import Fate, Report, reasons
from mlops_desktop.services.imports.telling import say_notice
from mlops_desktop.services.rows import ModelFilter
from mlops_desktop.services.wording import explain
from tests.services.conftest import Bank
from tests.support.register import Register, dirty_register

EVERY = ModelFilter(scope=Scope.ALL)
HEAD = "Modell-ID;Modellname;Modellverantwortlicher;Status;Außer Betrieb seit;Risikoklasse"


def register(*lines: str, head: str = HEAD) -> Source:
    return Source("r.csv", "\n".join((head, *lines)).encode())


def take(bank: Bank, source: Source, **said: object) -> imports.Applied:
    return imports.apply_import(bank.session, source, Wishes(**said))  # type: ignore[arg-type]


def refused(report: Report) -> set[tuple[int, str]]:
    return {(one.row, one.code) for one in report.refusals}


def size(bank: Bank) -> int:
    with bank.session.workspace.read() as view:
        return view.head().size


@pytest.fixture(scope="module")
def dirty() -> Register:
    return dirty_register(240, dirt=2)


def test_a_dirty_register_is_refused_where_it_is_wrong_and_nowhere_else(
    file_bank: Bank, dirty: Register
) -> None:
    before = size(file_bank)
    for source in (Source("r.csv", dirty.as_csv()), Source("r.xlsx", dirty.as_workbook())):
        report = imports.preview_import(file_bank.session, source)
        assert refused(report) == dirty.refused
        assert {one.row for one in report.rows if one.fate is Fate.REPEATED} == dirty.repeated
        assert [use.heading for use in report.columns if not use.field] == ["Ablage"]
        assert all(one.column and one.letter for one in report.refusals)
        for reason in reasons(report):
            assert all(explain(reason.example.error(), language)[2] for language in ("en", "de"))
    assert size(file_bank) == before


def test_it_comes_in_whole_or_not_at_all_and_its_report_is_kept(
    bank: Bank, dirty: Register
) -> None:
    source, before = Source("r.csv", dirty.as_csv()), size(bank)
    with pytest.raises(AppError) as raised:
        take(bank, source)
    assert (raised.value.code, size(bank)) == ("import.refused", before)
    told = []

    def tell(step: str, at: int, total: int | None) -> None:
        told.append((step, at, total))
        if at == 100:
            raise AppError("import.stopped")

    wishes = Wishes(leaves_out_refused=True)
    with pytest.raises(AppError, match=r"import\.stopped"):
        imports.apply_import(bank.session, source, wishes, tell=tell)
    assert told[-1][:2] == ("imports.recording", 100)
    assert (told[-1][2] or 0) > 200
    assert size(bank) == before
    done = take(bank, source, leaves_out_refused=True)
    new = done.report.count(Fate.CREATED)
    assert models.count_models(bank.session, EVERY) == new > 200
    (row,) = imports.list_imports(bank.session)
    assert (row.key, row.created, row.digest) == (done.id, new, source.digest)
    assert row.left_out == done.report.count(Fate.REFUSED)
    assert imports.show_import(bank.session, row.id) == (row, done.report)
    assert ledger.verify_ledger(bank.session).first_failure is None
    again = imports.preview_import(bank.session, source)
    assert again.count(Fate.CREATED) == again.count(Fate.CHANGED) == 0
    assert again.count(Fate.UNCHANGED) == new


@pytest.mark.parametrize(
    ("name", "language"), [("x.csv", "de"), ("x.csv", "en"), ("x.xlsx", "de"), ("x.json", "en")]
)
def test_an_export_comes_back_as_nothing_and_an_edited_one_as_its_differences(
    file_bank: Bank, tmp_path: Path, name: str, language: str
) -> None:
    texts = {
        "name": "=cmd|' /C calc'!A0", "description": "'tis @ – Ü\r\nzweite Zeile\x07",
        "purpose": "-1 + 1", "regions": "DE, LU", "tier": "2", "materiality": "high",
        "last_review": "2025-03-04", "next_review": "2027-03-04", "owner": "Corinna Wolters",
        "review_frequency_months": "24", "register_id": "+49", "vendor": "Smith, Jones; Söhne",
    }  # fmt: skip
    models.register_model(file_bank.session, texts)
    models.register_model(file_bank.session, {"name": "Zweites"})
    models.move_model(file_bank.session, "Zweites", Move.RETIRE, reason="abgelöst")
    place = tmp_path / name
    export_models(file_bank.session, Wish(EVERY, language=language), place)
    report = imports.preview_import(file_bank.session, imports.read_file(place))
    assert [one.fate for one in report.rows] == [Fate.UNCHANGED] * 2
    assert report.is_clean
    if name.endswith("xlsx"):
        return
    edited = place.read_bytes().replace("Söhne".encode(), b"Partner")
    done = take(file_bank, Source(name, edited))
    (row,) = [one for one in done.report.rows if one.differences]
    assert [(one.field, one.after) for one in row.differences] == [
        ("vendor", "Smith, Jones; Partner")
    ]
    assert models.show_model(file_bank.session, "1").state.details.vendor == "Smith, Jones; Partner"


def test_retired_models_come_in_with_their_true_date(bank: Bank) -> None:
    head = f"{HEAD};Version;Go-Live"
    done = take(bank, register("K1;Alt;;außer Betrieb;30.09.2021;;v2;1.2.2019", head=head))
    assert done.id is not None
    row = models.show_model(bank.session, "Alt").row
    assert row.state is State.RETIRED
    then = models.show_model(bank.session, "Alt", AsOf(at=date(2020, 1, 1)))
    assert (then.row.state, then.row.serving) == (State.PRODUCTION, "2")
    assert models.list_models(bank.session, ModelFilter(as_of=AsOf(at=date(2019, 1, 1)))) == ()
    assert ledger.verify_ledger(bank.session).first_failure is None


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("K9;Neu;;außer Betrieb;;", "import.retired_when"),
        ("K9;Neu;;außer Betrieb;1.1.2100;", "import.date_in_future"),
        ("K9;Neu;;produktiv;;", "import.version_missing"),
        ("K9;Neu;;freigegeben;;", "import.state_refused"),
        ("K9;Neu;;Kandidat;;", "import.state_refused"),
        ("K9;Neu;Niemand Da;;;", "import.person_unknown"),
        ("K9;;;;;", "import.name_missing"),
        ("K9;Neu;;;;9", "model.field_refused"),
        ("K9;Neu;;schön;;", "import.value_unknown"),
        (f"K9;{'x' * 201};;;;", "model.field_too_long"),
        ("M-00099;Neu;;;;", "import.unknown_id"),
        ("K9;Erstes;;;;", "import.name_taken"),
        ("K1;Erstes;;produktiv;;", "import.state_derived"),
    ],
)
def test_rows_that_are_refused_say_where_and_why(file_bank: Bank, line: str, code: str) -> None:
    take(file_bank, register("K1;Erstes;Corinna Wolters;;;2"))
    head = HEAD.replace("Modell-ID", "Nr.") if line.startswith("M-") else HEAD
    report = imports.preview_import(file_bank.session, register(line, head=head))
    assert refused(report) == {(2, code)}
    assert report.refusals[0].column
    assert not report.is_clean


def test_a_file_never_approves(file_bank: Bank) -> None:
    source = register("K1;Neu;Ja", head="Modell-ID;Modellname;Freigabe J/N")
    report = imports.preview_import(file_bank.session, source)
    assert refused(report) == {(2, "import.approval_refused")}
    assert "paper" in explain(report.refusals[0].error(), "en")[1]
    done = take(file_bank, source, columns=(Given("Freigabe J/N", ""),))
    assert done.id is not None
    assert models.show_model(file_bank.session, "1").row.approval.value == "never_validated"


def test_known_models_change_by_their_differences_and_blank_cells_keep(bank: Bank) -> None:
    take(bank, register("K1;Erstes;Corinna Wolters;;;2", "K2;Zweites;;;;3"))
    report = imports.preview_import(bank.session, register("K1;Erstes;;Validierung;;1"))
    (row,) = report.rows
    assert [(one.field, one.before, one.after) for one in row.differences] == [
        ("tier", "2", "1"), ("state", "development", "validation"),
    ]  # fmt: skip
    assert {one.code for one in report.notices} == {"blank_kept"}
    take(bank, register("K1;Erstes;;Validierung;;1"), clears=True)
    sheet = models.show_model(bank.session, "Erstes")
    assert (sheet.row.tier, sheet.row.owner, sheet.row.state) == (1, "", State.VALIDATION)
    assert models.show_model(bank.session, "Zweites").row.tier == 3


def test_new_persons_are_known_but_cannot_sign(bank: Bank) -> None:
    from mlops_desktop.services.people import show_person

    done = take(bank, register("K1;Erstes;Neumann, Eva;;;2"), adds_people=True)
    assert done.report.people == ("Eva Neumann",)
    assert not show_person(bank.session, "Eva Neumann").can_sign
    assert models.show_model(bank.session, "Erstes").row.owner == "Eva Neumann"


def test_a_mapping_is_remembered_once_it_was_used(file_bank: Bank) -> None:
    source = register("Erstes;K:\\1;Kredit", head="Werkzeug;Ablage;Titelzeile")
    said = (Given("Werkzeug", "name"), Given("Ablage", ""))
    assert _code(file_bank, source) == "import.no_headings"
    take(file_bank, source, columns=said, heading_row=1)
    report = imports.preview_import(file_bank.session, source)
    assert [(use.field, use.basis) for use in report.columns[:2]] == [
        ("name", "remembered"), (None, "remembered"),
    ]  # fmt: skip
    assert report.count(Fate.UNCHANGED) == 1


def _code(bank: Bank, source: Source, **said: object) -> str:
    with pytest.raises(AppError) as raised:
        imports.preview_import(bank.session, source, Wishes(**said))  # type: ignore[arg-type]
    return raised.value.code


def test_what_is_said_of_columns_must_be_there(file_bank: Bank) -> None:
    source = register("K1;Erstes;;;;")
    assert _code(file_bank, source, columns=(Given("Foo", "name"),)) == "import.column_not_there"
    assert _code(file_bank, source, columns=(Given("B", "foo"),)) == "import.field_unknown"
    twice = imports.preview_import(
        file_bank.session, source, Wishes(columns=(Given("A", "name"),), leaves_out_refused=True)
    )
    assert refused(twice) == {(1, "import.column_twice")}
    assert not twice.is_clean


def test_a_report_that_is_no_longer_true_is_not_applied(file_bank: Bank) -> None:
    source = register("K1;Erstes;;;;2")
    seen = imports.digest_of(imports.preview_import(file_bank.session, source))
    models.register_model(file_bank.session, {"name": "Erstes", "tier": "1"})
    with pytest.raises(AppError) as raised:
        imports.apply_import(file_bank.session, source, seen=seen)
    assert raised.value.code == "import.changed_since"
    assert imports.list_imports(file_bank.session) == ()


def test_names_alike_are_told_as_possible_duplicates(file_bank: Bank) -> None:
    take(file_bank, register("K1;PD Mittelstand;;;;"))
    names = ("Mittelstand PD", "LGD Retail", "LGD Retail x", "LGD Retaill")
    lines = (f"N{at};{name};;;;" for at, name in enumerate(names))
    report = imports.preview_import(file_bank.session, register(*lines))
    assert [(one.row, one.code) for one in report.notices] == [(2, "alike"), (5, "alike_row")]


def test_a_name_of_several_lines_is_told(file_bank: Bank) -> None:
    report = imports.preview_import(
        file_bank.session, register('K1;"PD\nRetail";;;;', "K2;LGD;;;;")
    )
    assert [row.name for row in report.rows] == ["PD Retail", "LGD"]
    told = [(one.row, say_notice(one)) for one in report.notices]
    assert told == [(2, "The name stands in several lines; they are read as one.")]


def test_nothing_is_read_where_a_quotation_mark_is_never_closed(file_bank: Bank) -> None:
    with pytest.raises(AppError) as raised:
        imports.preview_import(file_bank.session, register("K1;A;;;;", 'K2;"B;;;;', "K3;C;;;;"))
    said = explain(raised.value)
    assert said[0] == "A quotation mark is opened in row 3 and never closed."
    assert "Nothing was read." in said[1]
