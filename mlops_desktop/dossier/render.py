"""Pages as pictures, for the preview: what is shown is the file itself, seal included."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdfium2

from mlops_desktop.core.errors import AppError

_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a PNG; width and height in pixels."""

    number: int
    width: int
    height: int
    png: bytes


def count_pages(pdf: bytes) -> int:
    """Return the number of pages; raises AppError ``preview.unreadable``."""
    document = _open(pdf)
    try:
        return len(document)
    finally:
        document.close()


def render_pages(
    pdf: bytes, *, dpi: float = 96, first: int = 1, last: int | None = None
) -> Iterator[Picture]:
    """Yield pages ``first`` to ``last`` (from 1) as pictures, one at a time.

    Raises AppError ``preview.unreadable``. pdfium is not thread-safe: one caller at a time.
    """
    document = _open(pdf)
    try:
        for number in range(first, min(last or len(document), len(document)) + 1):
            yield _render(document, number, dpi)
    except pypdfium2.PdfiumError:
        raise AppError("preview.unreadable") from None
    finally:
        document.close()


def _open(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(pdf)
        document.init_forms()  # the seal is a form field's appearance
    except pypdfium2.PdfiumError:
        raise AppError("preview.unreadable") from None
    return document


def _render(document: pypdfium2.PdfDocument, number: int, dpi: float) -> Picture:
    page = document[number - 1]
    try:
        image = page.render(scale=dpi / _POINTS_PER_INCH).to_pil()
    finally:
        page.close()
    out = BytesIO()
    image.save(out, "PNG", compress_level=1)
    return Picture(number, image.width, image.height, out.getvalue())


def read_text(pdf: bytes) -> list[str]:
    """Return the text of each page, as copied out of a viewer."""
    document = _open(pdf)
    try:
        return [_text(document, index) for index in range(len(document))]
    finally:
        document.close()


def _text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded())
    finally:
        text.close()
        page.close()
