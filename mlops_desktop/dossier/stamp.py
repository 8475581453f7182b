"""A visible signature: who, in which role, with which meaning, when."""

import binascii
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from cryptography.x509 import Certificate, NameOID
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from reportlab.pdfgen.canvas import Canvas

from mlops_desktop.core.signature_levels import Level
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.frame import SEAL_BOX
from mlops_desktop.dossier.typeset.ink import (
    ACCENT,
    INK,
    MUTED,
    draw_lines,
    draw_text,
    shorten,
)
from mlops_desktop.dossier.typeset.lines import Style, wrap

_TITLE = Style(fonts.BOLD, 10, 13, ACCENT)
_LABEL = Style(fonts.REGULAR, 7.6, 11, MUTED)
_VALUE = Style(fonts.BOLD, 8.6, 12, INK)
_PLAIN = Style(fonts.REGULAR, 8.6, 12, INK)
_SMALL = Style(fonts.REGULAR, 6.8, 9, MUTED)
_PAD, _INDENT, _STEP = 12.0, 148.0, 14.0


@dataclass(frozen=True, slots=True)
class Statement:
    """What a signature says besides the content: printed name, role, meaning, time."""

    name: str
    role: str
    meaning: str
    at: datetime


def name_of(certificate: Certificate, *, issuer: bool = False) -> str:
    """Return the common name of a certificate's subject or issuer, or its whole name."""
    entity = certificate.issuer if issuer else certificate.subject
    common = entity.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else entity.rfc4514_string()


def draw_stamp(
    statement: Statement,
    certificate: Certificate,
    language: Language,
    kind: str,
    level: Level = Level.B,
) -> bytes:
    """Return a one-page PDF of a signature's size; ``kind`` is ``seal`` or ``countersign``.

    ``level`` is the one the signature is made at; it may be lifted later.
    """
    fonts.register()
    width, height = SEAL_BOX[2] - SEAL_BOX[0], SEAL_BOX[3] - SEAL_BOX[1]
    out = BytesIO()
    canvas = Canvas(out, (width, height), invariant=1, initialFontName=fonts.REGULAR)  # type: ignore[arg-type]
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(1.2)
    canvas.rect(0.6, 0.6, width - 1.2, height - 1.2)
    top = height - 19
    draw_text(canvas, language.say(f"{kind}.title"), _PAD, top, _TITLE)
    _draw_rows(canvas, statement, language, kind, top - 17)
    told = language.say(
        "seal.level",
        level=level.baseline,
        issuer=name_of(certificate, issuer=True),
        until=language.day(certificate.not_valid_after_utc.date()),
    )
    draw_text(canvas, shorten(told, _SMALL, width - 2 * _PAD), _PAD, 8, _SMALL)
    canvas.save()
    return out.getvalue()


def _draw_rows(
    canvas: Canvas, statement: Statement, language: Language, kind: str, y: float
) -> None:
    room = SEAL_BOX[2] - SEAL_BOX[0] - _INDENT - _PAD
    rows = (
        (f"{kind}.name", statement.name, _VALUE),
        ("seal.role", language.term("codes", statement.role), _PLAIN),
        (f"{kind}.at", language.moment(statement.at.astimezone(UTC)), _PLAIN),
    )
    for key, words, style in rows:
        draw_text(canvas, language.say(key), _PAD, y, _LABEL)
        draw_text(canvas, shorten(words, style, room), _INDENT, y, style)
        y -= _STEP
    draw_text(canvas, language.say("seal.meaning"), _PAD, y, _LABEL)
    text = canvas.beginText()
    text.setFillColor(_PLAIN.colour)
    draw_lines(
        text, wrap(statement.meaning, _PLAIN, room)[:2], (_INDENT, y + 9), _PLAIN, width=room
    )
    canvas.drawText(text)


class StampContent(PdfContent):
    """A drawn stamp as content of a signature's appearance."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        super().__init__()

    def render(self) -> bytes:
        """Import the page and return the command that draws it."""
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self.pdf)))
        name = b"/Stamp" + binascii.hexlify(uuid.uuid4().bytes)
        self.resources.xobject[name.decode("ascii")] = page
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(left - right), height=abs(bottom - top))
        return name + b" Do"
