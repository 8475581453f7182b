"""The structure of the pages: in reading order, whole, and said where a picture cannot be seen."""

import itertools
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Name, Object

from mlops_desktop.dossier.typeset.tagging import Element, TaggedCanvas, marked


@pytest.fixture(scope="module")
def opened(sealed: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(sealed)) as pdf:
        yield pdf


def _kids(element: Object) -> list[Object]:
    held = element.get("/K", pikepdf.Array())
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def _operators(page: pikepdf.Page) -> Iterator[tuple[str, list[Object]]]:
    for one in pikepdf.parse_content_stream(page):
        yield str(one.operator), list(one.operands)


def _span(cell: Object) -> int:
    return int(cell.A.ColSpan) if "/A" in cell and "/ColSpan" in cell.A else 1


def _elements(element: Object) -> Iterator[Object]:
    for kid in _kids(element):
        if "/S" in kid:
            yield kid
            yield from _elements(kid)


def _marks(element: Object) -> list[Object]:
    return [kid for one in _elements(element) for kid in _kids(one) if "/MCID" in kid]


def test_every_mark_of_every_page_has_its_element(opened: pikepdf.Pdf) -> None:
    root = opened.Root.StructTreeRoot
    found = sorted((kid.Pg.objgen, int(kid.MCID)) for kid in _marks(root))
    drawn = sorted(
        (page.obj.objgen, int(operands[1].MCID))
        for page in opened.pages
        for operator, operands in _operators(page)
        if operator == "BDC"
    )
    assert found == drawn
    assert len(set(found)) == len(found)


def test_nothing_is_drawn_outside_content_and_artifacts(opened: pikepdf.Pdf) -> None:
    painting = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do"}
    for page in opened.pages:
        depth = 0
        for name, _ in _operators(page):
            depth += (name in {"BDC", "BMC"}) - (name == "EMC")
            assert depth in {0, 1}, "marked content in marked content"
            assert depth or name not in painting, name


def test_tables_have_headers_and_rows_as_wide_as_they_are(opened: pikepdf.Pdf) -> None:
    tables = [one for one in _elements(opened.Root.StructTreeRoot) if Name.Table == one.S]
    assert len(tables) > 10
    for table in tables:
        widths = {sum(_span(cell) for cell in _kids(row)) for row in _kids(table)}
        assert len(widths) == 1
    heads = [one for one in _elements(opened.Root.StructTreeRoot) if one.S == Name.TH]
    assert {str(head.A.Scope) for head in heads} == {"/Row", "/Column"}


def test_figures_are_said_in_words_and_links_lead_somewhere(opened: pikepdf.Pdf) -> None:
    elements = list(_elements(opened.Root.StructTreeRoot))
    figures = [one for one in elements if Name.Figure == one.S]
    assert figures
    for figure in figures:
        assert len(str(figure.Alt)) > 20
        left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
        assert 0 <= left < right <= 596
        assert 0 <= bottom < top <= 842
    links = [kid for one in elements if Name.Link == one.S for kid in _kids(one) if "/Obj" in kid]
    assert links
    assert all(str(kid.Obj.Contents) and kid.Obj.Subtype == Name.Link for kid in links)


def test_headings_leave_no_level_out(opened: pikepdf.Pdf) -> None:
    levels = [
        int(str(one.S)[2:])
        for one in _elements(opened.Root.StructTreeRoot)
        if str(one.S).startswith("/H")
    ]
    steps = [after - before for before, after in itertools.pairwise(levels)]
    assert levels[0] == 1
    assert max(steps) == 1


def test_an_element_is_placed_once_however_often_it_is_drawn() -> None:
    canvas = TaggedCanvas(BytesIO())
    element = Element("P")
    for _ in range(2):
        with marked(canvas, element):
            canvas.drawString(0, 0, "x")
        canvas.showPage()
    assert canvas.root.kids == [element]
    assert len(element.kids) == 2
