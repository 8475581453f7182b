"""The archival form: PDF/A-3b with the files inside, marked as a dossier.

Deterministic: times and identifiers come from the content, so the same content gives the same
bytes. The marks stand in standard XMP properties, which PDF/A allows without a schema of its own:
``dc:type`` says what it is, ``dc:identifier`` which document, ``dc:relation`` names the digests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
from pikepdf import pdfa

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import Told, uncounted
from mlops_desktop.dossier.accessible import as_level_b, claim
from mlops_desktop.dossier.attachments import Attachment
from mlops_desktop.dossier.bundle.binding import bind
from mlops_desktop.dossier.pages.press import Printed
from mlops_desktop.dossier.structure import write_structure
from mlops_desktop.dossier.typeset.frame import Field
from mlops_desktop.dossier.typeset.safety import safe

MARK = "mlops-desktop dossier"
TEMPLATE = "template sha256:"
DRAFT = "mlops-desktop draft"
_FLAVOUR = "3b"
_PRINTED_AND_LOCKED = 4 | 128


@dataclass(frozen=True, slots=True)
class Description:
    """What the document says about itself to programs."""

    id: str
    title: str
    author: str
    subject: str
    language: str
    created_at: datetime
    generator: str
    facts_digest: str
    is_draft: bool = False
    mark: str = MARK
    """What it is, where it is no draft."""
    template: str = ""
    """What printed it, as a digest."""


def archive(
    printed: Printed, files: Sequence[Attachment], about: Description, told: Told = uncounted
) -> bytes:
    """Return the pages as PDF/A-3b with ``files`` embedded and empty fields.

    Tagged pages become PDF/A-3a and PDF/UA-1; ``told`` hears how many parts are bound.
    """
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        if printed.following is not None:
            bind(pdf, printed.following, told)
        _drop_transitions(pdf)
        _embed(pdf, files, about.created_at)
        _prepare(pdf, printed.fields)
        if printed.structure is not None:
            write_structure(pdf, printed.structure)
        _describe(pdf, files, about)
        pdfa.prepare(pdf, _FLAVOUR)
        _fix_dates(pdf, about.created_at)
        if printed.structure is not None:
            claim(pdf)
        out = BytesIO()
        pdf.save(
            out, **pdfa.resolve_save_kwargs(_FLAVOUR, deterministic_id=True, min_version="1.7")
        )
    return out.getvalue()


def require_archival(pdf: bytes) -> None:
    """Raise ``archive.not_archival`` where the validator finds a rule of PDF/A-3b broken.

    It judges neither form fields, attachments and extension schemas nor any signed file: the
    veraPDF engine does that in the tests. About 5 ms a page.
    """
    report = pdfa.validate_written(BytesIO(as_level_b(pdf)), _FLAVOUR)
    broken = [finding for finding in report.findings if finding.kind != "unsupported"]
    if broken:
        found = "; ".join(str(finding) for finding in broken[:3])
        raise AppError("archive.not_archival", recovery=Recovery.BUG, detail=found[:300])


def _drop_transitions(pdf: pikepdf.Pdf) -> None:
    # reportlab writes an empty /Trans into every page; PDF/A forbids it.
    for page in pdf.pages:
        if "/Trans" in page.obj:
            del page.obj["/Trans"]


def _embed(pdf: pikepdf.Pdf, files: Sequence[Attachment], at: datetime) -> None:
    stamp = _pdf_date(at)
    for file in files:
        pdf.attachments[file.name] = pikepdf.AttachedFileSpec(
            pdf,
            file.data,
            filename=file.name,
            description=file.term,
            mime_type=file.media_type,
            creation_date=stamp,
            mod_date=stamp,
            relationship=pikepdf.Name(f"/{file.relationship}"),  # type: ignore[call-arg]
        )


def _prepare(pdf: pikepdf.Pdf, fields: Sequence[Field]) -> None:
    """Add an empty signature field for each place, with the empty look that PDF/A asks for."""
    widgets = [pdf.make_indirect(_widget(pdf, field)) for field in fields]
    for field, widget in zip(fields, widgets, strict=True):
        page = pdf.pages[field.page - 1].obj
        others = page.get("/Annots", pikepdf.Array())
        page.Annots = pikepdf.Array([*others, widget])
    if widgets:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(widgets), SigFlags=0)


def _widget(pdf: pikepdf.Pdf, field: Field) -> pikepdf.Dictionary:
    left, bottom, right, top = (round(edge) for edge in field.box)
    look = pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    look.BBox = pikepdf.Array([0, 0, right - left, top - bottom])
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Sig,
        T=pikepdf.String(field.name),
        TU=pikepdf.String(safe(field.told)),
        Rect=pikepdf.Array([left, bottom, right, top]),
        F=_PRINTED_AND_LOCKED,
        P=pdf.pages[field.page - 1].obj,
        AP=pikepdf.Dictionary(N=look),
    )


def _describe(pdf: pikepdf.Pdf, files: Sequence[Attachment], about: Description) -> None:
    pdf.Root.Lang = pikepdf.String(about.language)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    pdf.Root.PageMode = pikepdf.Name.UseOutlines
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as xmp:
        xmp["dc:title"] = about.title
        xmp["dc:creator"] = [about.author]
        xmp["dc:description"] = about.subject
        xmp["dc:language"] = {about.language}
        xmp["dc:type"] = {DRAFT if about.is_draft else about.mark}
        if about.template:
            xmp["dc:source"] = TEMPLATE + about.template
        xmp["dc:identifier"] = f"urn:uuid:{about.id}"
        xmp["dc:relation"] = set(_relations(files, about))
        xmp["xmp:CreatorTool"] = about.generator
        xmp["pdf:Producer"] = about.generator


def _relations(files: Sequence[Attachment], about: Description) -> list[str]:
    named = [relation_of(file.name, file.sha256) for file in files]
    return [relation_of("facts", about.facts_digest), *named]


def relation_of(name: str, sha256: str) -> str:
    """Return how the metadata names a digest."""
    return f"{name} sha256:{sha256}"


def _fix_dates(pdf: pikepdf.Pdf, at: datetime) -> None:
    stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            xmp[name] = stamp
    for name in ("/CreationDate", "/ModDate"):
        pdf.docinfo[name] = pikepdf.String(_pdf_date(at))


def _pdf_date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
