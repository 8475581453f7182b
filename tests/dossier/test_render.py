"""Pages as pictures: the file itself, seal included."""

from io import BytesIO

import pytest
from PIL import Image

from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.render import count_pages, render_pages
from mlops_desktop.dossier.typeset.frame import HEIGHT, SEAL_BOX


def test_pictures_have_the_size_of_the_page(draft: bytes) -> None:
    picture = next(render_pages(draft, dpi=72))
    assert (picture.number, picture.width, picture.height) == (1, 596, 842)
    assert Image.open(BytesIO(picture.png)).size == (596, 842)


def test_a_range_of_pages(draft: bytes) -> None:
    assert [picture.number for picture in render_pages(draft, dpi=20, first=2, last=4)] == [2, 3, 4]
    every = [picture.number for picture in render_pages(draft, dpi=20)]
    assert every == list(range(1, count_pages(draft) + 1))


def ink_in_seal(pdf: bytes) -> int:
    picture = next(render_pages(pdf, dpi=72))
    left, bottom, right, top = SEAL_BOX
    box = (int(left) + 4, int(HEIGHT - top) + 4, int(right) - 4, int(HEIGHT - bottom) - 4)
    inside = Image.open(BytesIO(picture.png)).convert("L").crop(box)
    return sum(inside.histogram()[:200])


def test_the_seal_is_seen_and_only_once_it_is_there(draft: bytes, sealed: bytes) -> None:
    assert ink_in_seal(draft) == 0
    assert ink_in_seal(sealed) > 500


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\n"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(AppError, match=r"preview\.unreadable"):
        count_pages(data)
    with pytest.raises(AppError, match=r"preview\.unreadable"):
        next(render_pages(data))
