"""Shadow attacks: the builder hides something in the pages before they are signed.

Each is a pair: what is done to the draft before the seal, and the revision that brings it out
after the last signature (Mainka, Mladenov, Rohlmann: Shadow Attacks, NDSS 2021).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name
from pyhanko.pdf_utils.generic import Reference

from tests.dossier.judging import load_verifier
from tests.dossier.tampering.revision import Writer, appended, field, set_in

_OTHER = b"q 1 0 0 rg 50 600 400 90 re f Q"
_SHADOW = b"ShadowPlace"
_FAR = 600_000
_NOT_YET = b"987654"
_ROW = re.compile(rb"(\d{10}) 00000 n")


@dataclass(frozen=True, slots=True)
class Shadow:
    """What is hidden in a draft, and how it is shown later."""

    name: str
    hide: Callable[[bytes], bytes]
    show: Callable[[bytes], bytes]


def _changed(draft: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(draft)) as pdf:
        change(pdf)
        plain = pikepdf.ObjectStreamMode.disable
        pdf.save(out, object_stream_mode=plain, compress_streams=False, deterministic_id=True)
    return out.getvalue()


def _overlay(pdf: pikepdf.Pdf, data: bytes) -> None:
    """Draw ``data`` over the first page, by a form that is found again by its name."""
    page = pdf.pages[0].obj
    form = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 600, 850])
    drawn_there = dict(page.Resources.get("/XObject", Dictionary()).items())
    page.Resources.XObject = Dictionary({**drawn_there, "/ShadowPlace": form})
    drawn = pdf.make_stream(b"/%s Do" % _SHADOW)
    page.Contents = Array([page.Contents, drawn])


def _number(pdf: bytes) -> int:
    found = re.search(rb"/ShadowPlace (\d+) 0 R", pdf)
    assert found is not None
    return int(found[1])


def overlay(draft: bytes) -> bytes:
    """A harmless overlay, to be redrawn, freed or replaced."""
    return _changed(draft, lambda pdf: _overlay(pdf, b"q Q"))


def _row(pdf: bytes, number: int, row: bytes) -> bytes:
    """Append a table with one row and nothing else."""
    verifier = load_verifier().Pdf(pdf)
    previous = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n"
    size = max(int(verifier.trailer["/Size"]), number + 1)
    about = (size, int(verifier.trailer["/Root"]), previous)
    table = b"xref\n%d 1\n%s\r\n" % (number, row) + trailer % about
    return pdf + table + b"startxref\n%d\n%%%%EOF\n" % len(pdf)


def redrawn(pdf: bytes) -> bytes:
    def draw(writer: Writer) -> None:
        reference = Reference(_number(pdf), 0, writer)
        held = writer.get_object(reference)
        held._data, held._encoded_data = _OTHER, None
        writer.mark_update(reference)

    return appended(pdf, draw)


def freed(pdf: bytes) -> bytes:
    return _row(pdf, _number(pdf), b"0000000000 00001 f")


def twice_numbered(draft: bytes) -> bytes:
    """Two objects of one number; the table names the harmless one."""

    def hide(pdf: pikepdf.Pdf) -> None:
        _overlay(pdf, b"q Q")
        number = pdf.pages[0].obj.Resources.XObject.ShadowPlace.objgen[0]
        twin = pdf.make_stream(b"%twin\n" + _form(number))
        pdf.pages[0].obj.PieceInfo = Dictionary(Twin=twin)

    # Numbers are given anew on saving: twice, so that the second time they stay.
    return _changed(_changed(draft, lambda _: None), hide)


def other_twin(pdf: bytes) -> bytes:
    place = pdf.index(b"%twin\n") + 6
    found = re.match(rb"(\d+) 0 obj", pdf[place:])
    assert found is not None
    return _row(pdf, int(found[1]), b"%010d 00000 n" % place)


def dangling(draft: bytes) -> bytes:
    """A reference to an object that is not there yet, of a number that no table knows."""
    pdf = overlay(draft)
    found = re.search(rb"(?<=/ShadowPlace )\d+(?= 0 R)", pdf)
    assert found is not None
    more = len(_NOT_YET) - len(found[0])
    table = pdf.rindex(b"\nxref\n")
    moved = _ROW.sub(lambda row: _later(row, found.start(), more), pdf[table:])
    start = re.sub(rb"(?<=startxref\n)\d+", lambda at: b"%d" % (int(at[0]) + more), moved)
    return pdf[: found.start()] + _NOT_YET + pdf[found.end() : table] + start


def _later(row: re.Match[bytes], place: int, more: int) -> bytes:
    at = int(row[1])
    return b"%010d 00000 n" % (at + more if at > place else at)


def announced(draft: bytes) -> bytes:
    """A table that says where an object will stand, far behind the end."""
    pdf = overlay(draft)
    at = pdf.rindex(b"\nxref\n") + 6
    at = pdf.index(b"\n", at) + 1 + 20 * _number(pdf)
    return pdf[:at] + b"%010d 00000 n" % _FAR + pdf[at + 18 :]


def arrived(pdf: bytes) -> bytes:
    return pdf + b"\n" * (_FAR - len(pdf)) + _form(_number(pdf)) + _end(pdf)


def _end(pdf: bytes) -> bytes:
    return b"startxref\n%s\n%%%%EOF\n" % re.findall(rb"startxref\s+(\d+)", pdf)[-1]


def two_catalogues(draft: bytes) -> bytes:
    """A second catalogue, in use by nobody, with pages of its own."""

    def hide(pdf: pikepdf.Pdf) -> None:
        page = pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=[0, 0, 595, 842]))
        tree = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=1, Kids=[page]))
        page.Parent = tree
        other = {key: pdf.Root[str(key)] for key in pdf.Root if key != "/StructTreeRoot"}
        twin = pdf.make_indirect(Dictionary({**other, "/ShadowTwin": True, "/Pages": tree}))
        pdf.pages[0].obj.PieceInfo = Dictionary(ShadowPlace=twin)

    return _changed(draft, hide)


def other_catalogue(pdf: bytes) -> bytes:
    """No object is written: the trailer names the other catalogue."""
    previous = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    size = int(load_verifier().Pdf(pdf).trailer["/Size"])
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (size, _number(pdf), previous)
    return pdf + b"xref\n0 0\n" + trailer + b"startxref\n%d\n%%%%EOF\n" % len(pdf)


def _form(number: int) -> bytes:
    body = b"%d 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 600 850]/Length %d>>\nstream\n%s"
    return body % (number, len(_OTHER), _OTHER) + b"\nendstream\nendobj\n"


def defined(pdf: bytes) -> bytes:
    return _row(pdf + _form(_number(pdf)), _number(pdf), b"%010d 00000 n" % len(pdf))


def layered(draft: bytes) -> bytes:
    def hide(pdf: pikepdf.Pdf) -> None:
        _overlay(pdf, _OTHER)
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("Layer")))
        pdf.pages[0].obj.Resources.XObject.ShadowPlace.OC = group
        pdf.Root.OCProperties = Dictionary(OCGs=[group], D=Dictionary(OFF=[group]))

    return _changed(draft, hide)


def unhidden(pdf: bytes) -> bytes:
    def show(writer: Writer) -> None:
        layers = writer.root["/OCProperties"]
        set_in(writer, layers, D={"/ON": [layers["/OCGs"].raw_get(0)]})
        writer.update_root()  # type: ignore[no-untyped-call]

    return appended(pdf, show)


def text_field(draft: bytes) -> bytes:
    def hide(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 90])
        box = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=pikepdf.String("Verdict"),
                DA=pikepdf.String("/Helv 12 Tf"),
                V=pikepdf.String(""),
                Rect=[50, 600, 450, 690],
                F=4,
                P=pdf.pages[0].obj,
                AP=Dictionary(N=look),
            )
        )
        pdf.pages[0].obj.Annots.append(box)
        pdf.Root.AcroForm.Fields.append(box)

    return _changed(draft, hide)


def filled_in(pdf: bytes) -> bytes:
    return appended(pdf, lambda writer: set_in(writer, field(writer, "Verdict"), V="approved"))


SHADOWS = (
    Shadow("overlay_redrawn", overlay, redrawn),
    Shadow("overlay_freed", overlay, freed),
    Shadow("twin_by_table", twice_numbered, other_twin),
    Shadow("dangling_reference", dangling, defined),
    Shadow("announced_place", announced, arrived),
    Shadow("two_catalogues", two_catalogues, other_catalogue),
    Shadow("layer_shown", layered, unhidden),
    Shadow("field_filled_in", text_field, filled_in),
)
