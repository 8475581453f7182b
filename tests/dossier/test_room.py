"""Every page has room for its text: nothing runs into a margin or over other text."""

from collections.abc import Iterator
from itertools import combinations

import pypdfium2
import pytest

from mlops_desktop.dossier.typeset.frame import LEFT, RIGHT

Box = tuple[float, float, float, float]


def boxes(pdf: bytes) -> Iterator[list[tuple[Box, str]]]:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        rects = [text.get_rect(number) for number in range(text.count_rects())]
        yield [(rect, text.get_text_bounded(*rect)) for rect in rects]


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes share more than a hair's breadth both ways."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width > 1.5 and height > 1.5


@pytest.mark.parametrize("name", ["draft", "draft_german"])
def test_no_text_stands_over_another_or_in_the_margin(
    name: str, request: pytest.FixtureRequest
) -> None:
    found = list(boxes(request.getfixturevalue(name)))
    assert len(found) > 10
    for page in found:
        for box, text in page:
            assert LEFT - 1 < box[0] < box[2] < RIGHT + 1.5, text
        clashes = [(a[1], b[1]) for a, b in combinations(page, 2) if overlap(a[0], b[0])]
        assert clashes == []
