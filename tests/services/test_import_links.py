"""A register brings links between its models and those that are there; circles are refused."""

import pytest

from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.services import imports
from mlops_desktop.services.imports import Source
from mlops_desktop.services.imports.report import Fate
from mlops_desktop.services.imports.wishes import Wishes
from mlops_desktop.services.model_links import link_models, links_of
from tests.services.conftest import Bank
from tests.services.steps import register as register_one

HEAD = "Modell-ID;Modellname;Verknüpfte Modelle"


def register(*lines: str) -> Source:
    return Source("r.csv", "\n".join((HEAD, *lines)).encode())


def refused(bank: Bank, *lines: str) -> list[tuple[int, str, str]]:
    report = imports.preview_import(bank.session, register(*lines))
    return [(one.row, one.code, one.field) for one in report.refusals]


def linked(bank: Bank, named: str) -> set[tuple[str, str]]:
    return {(one.code, one.model.name) for one in links_of(bank.session, named)}


def test_links_to_known_and_to_new_models_come_in_once_from_both_sides(bank: Bank) -> None:
    register_one(bank, name="Wertberichtigung")
    source = register(
        "A-1;PD Mittelstand;liefert an: M-00001, LGD Gewerbe",
        "A-2;LGD Gewerbe;wird beliefert von: A-1\n",
        'A-3;Kalibrierung;"kalibriert: PD Mittelstand; Challenger von: LGD Gewerbe"',
    )
    report = imports.preview_import(bank.session, source)
    assert report.is_clean
    (use,) = [one for one in report.columns if one.field == "links"]
    assert use.basis == "known"
    imports.apply_import(bank.session, source)
    assert linked(bank, "PD Mittelstand") == {
        ("link.feeds", "Wertberichtigung"),
        ("link.feeds", "LGD Gewerbe"),
        ("link.by_calibrates", "Kalibrierung"),
    }
    assert linked(bank, "Kalibrierung") == {
        ("link.calibrates", "PD Mittelstand"),
        ("link.challenger_of", "LGD Gewerbe"),
    }
    again = imports.preview_import(bank.session, source)
    assert {row.fate for row in again.rows} == {Fate.UNCHANGED}


def test_only_the_new_link_of_a_known_model_is_a_difference(file_bank: Bank) -> None:
    for name in ("PD", "LGD"):
        register_one(file_bank, name=name)
    report = imports.preview_import(file_bank.session, register(";PD;feeds: M-2", ";LGD;"))
    assert [row.fate for row in report.rows] == [Fate.CHANGED, Fate.UNCHANGED]
    (told,) = report.rows[0].differences
    assert (told.field, told.before, told.after) == ("links", None, "feeds: M-00002")
    applied = imports.apply_import(file_bank.session, register(";PD;feeds: M-2", ";LGD;"))
    assert applied.id is not None
    assert linked(file_bank, "PD") == {("link.feeds", "LGD")}
    # A blank cell says nothing: what is linked stays linked.
    assert imports.apply_import(file_bank.session, register(";PD;")).id is None
    assert linked(file_bank, "PD") == {("link.feeds", "LGD")}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((";A;liefert M-1",), [(2, "import.link_form")]),
        ((";A;mag: M-00001",), [(2, "import.link_kind_unknown")]),
        ((";A;feeds: M-00099",), [(2, "import.link_model_unknown")]),
        ((";A;feeds: PD, niemand",), [(2, "import.link_model_unknown")]),
        ((";A;feeds: A",), [(2, "import.link_circle")]),
        ((";A;feeds: B", ";B;feeds: C", ";C;feeds: A"), [(4, "import.link_circle")]),
        ((";A;feeds: PD", ";LGD;feeds: A"), [(3, "import.link_circle")]),
    ],
)
def test_what_cannot_be_linked_is_refused_with_row_and_column(
    file_bank: Bank, lines: tuple[str, ...], told: list[tuple[int, str]]
) -> None:
    for name in ("PD", "LGD"):
        register_one(file_bank, name=name)
    link_models(file_bank.session, "PD", LinkKind.FEEDS, "LGD")
    found = refused(file_bank, *lines)
    first = [one for one in found if one[1] != "import.link_row_refused"]
    assert first == [(*one, "links") for one in told]


def test_a_row_that_links_to_a_refused_one_is_refused_too(file_bank: Bank) -> None:
    lines = (";A;feeds: B", ";B;mag: M-00001", ";C;feeds: A", ";D;")
    assert set(refused(file_bank, *lines)) == {
        (3, "import.link_kind_unknown", "links"),
        (2, "import.link_row_refused", "links"),
        (4, "import.link_row_refused", "links"),
    }
    taken = imports.apply_import(
        file_bank.session, register(*lines), Wishes(leaves_out_refused=True)
    )
    assert [row.name for row in taken.report.rows if row.fate is Fate.CREATED] == ["D"]
