"""Appending a revision to a PDF with whatever it must not hold."""

from collections.abc import Callable
from io import BytesIO
from typing import TypeAlias

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class Writer(IncrementalPdfFileWriter):
    """Writes nothing that its user does not name: no new date, no producer."""

    def _update_meta(self) -> None:
        return


Change: TypeAlias = "Callable[[Writer], None]"
Plain: TypeAlias = object


def appended(pdf: bytes, change: Change) -> bytes:
    """Return ``pdf`` with one revision more, unsigned."""
    writer = Writer(BytesIO(pdf))
    change(writer)
    writer._force_write_when_empty = True
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def made(value: Plain) -> generic.PdfObject:
    """Return a PDF object: text with a slash is a name, bytes are a stream."""
    if isinstance(value, generic.PdfObject):
        return value
    if isinstance(value, dict):
        found = {generic.pdf_name(key): made(member) for key, member in value.items()}
        return generic.DictionaryObject(found)  # type: ignore[no-untyped-call]
    if isinstance(value, list):
        return generic.ArrayObject(map(made, value))
    if isinstance(value, str):
        return generic.pdf_name(value) if value.startswith("/") else generic.pdf_string(value)
    if isinstance(value, bytes):
        return generic.StreamObject(stream_data=value)
    if isinstance(value, bool):
        return generic.BooleanObject(value)  # type: ignore[no-untyped-call]
    if isinstance(value, int):
        return generic.NumberObject(value)  # type: ignore[no-untyped-call]
    if isinstance(value, float):
        return generic.FloatObject(value)  # type: ignore[no-untyped-call]
    return generic.NullObject()


def set_in(writer: Writer, holder: generic.DictionaryObject, **values: Plain) -> None:
    """Put values into a dictionary and write it again."""
    for key, value in values.items():
        holder[generic.pdf_name(f"/{key}")] = made(value)
    writer.update_container(holder)


def stream(writer: Writer, data: bytes, **about: Plain) -> generic.IndirectObject:
    """Add a stream and return the reference to it."""
    found = generic.StreamObject(
        dict_data={generic.pdf_name(f"/{key}"): made(value) for key, value in about.items()},
        stream_data=data,
    )
    return writer.add_object(found)


def page_of(writer: Writer, number: int = 0) -> generic.DictionaryObject:
    """Return a page's dictionary."""
    found = writer.find_page_for_modification(number)  # type: ignore[no-untyped-call]
    page: generic.DictionaryObject = found[0].get_object()
    return page


def rewrite(writer: Writer, held: generic.StreamObject, data: bytes) -> None:
    """Replace what a stream holds."""
    held._data, held._encoded_data = data, None
    writer.update_container(held)


def field(writer: Writer, name: str) -> generic.DictionaryObject:
    """Return a form field by its name."""
    fields = writer.root["/AcroForm"]["/Fields"]
    return next(one for one in map(_follow, fields) if str(one["/T"]) == name)


def _follow(found: generic.PdfObject) -> generic.DictionaryObject:
    held = found.get_object()  # type: ignore[no-untyped-call]
    assert isinstance(held, generic.DictionaryObject)
    return held
