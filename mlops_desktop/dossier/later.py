"""What a difference analysis lets pass after the seal, and a dossier never has.

The analysis allows whatever a form may have filled in, and dates, titles and descriptions that a
long-term archive may update: a dossier's form has places for signatures alone, and what it says
about itself stays as sealed.
"""

from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from mlops_desktop.dossier import reading
from mlops_desktop.dossier.reading import Resolver

_FORM = frozenset({"/Fields", "/SigFlags"})


def find_restated(sealed: Resolver, now: Resolver) -> str | None:
    """Return what the document says otherwise about itself than when it was sealed, or None."""
    before, after = reading.read_info(sealed), reading.read_info(now)
    odd = sorted(key for key in before | after if before.get(key) != after.get(key))
    if odd:
        return odd[0].removeprefix("/")
    return None if reading.read_metadata(sealed) == reading.read_metadata(now) else "XMP"


def find_displaced(reader: PdfFileReader) -> int | None:
    """Return the number of an object that stands outside the revision that lists it, or None.

    A table may name a place that comes to hold an object only later, or one that was hidden in an
    earlier revision: no later table shows the change.
    """
    begin = 0
    for revision in range(reader.xrefs.total_revisions):
        end = reader.xrefs.get_xref_container_info(revision).end_location
        table = reader.xrefs.get_xref_data(revision)
        for number, (_, place) in table.standard_xrefs.items():
            if not begin <= place < end:
                return number
        listed = table.standard_xrefs
        for number, packed in table.xrefs_in_objstm.items():
            if packed.obj_stream_id not in listed:
                return number
        begin = end
    return None


def find_foreign_field(source: Resolver) -> str | None:
    """Return a part of the form that is no place for a signature, or None."""
    return next(_foreign(source), None)


def _foreign(source: Resolver) -> Iterator[str]:
    form = reading.read_form(source)
    yield from sorted(key for key in form if key not in _FORM)
    for field in iter(form.get("/Fields", ())):
        held = (
            source.get_object(field.reference)
            if isinstance(field, generic.IndirectObject)
            else field
        )
        if held.get("/FT") != "/Sig" or "/Kids" in held or "/AA" in held or "/A" in held:
            yield str(held.get("/T", "?"))[:60]
