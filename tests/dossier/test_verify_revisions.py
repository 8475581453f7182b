"""The verifier against revisions appended after the seal."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter

from mlops_desktop.dossier import signing
from mlops_desktop.dossier.attachments import EVIDENCE
from mlops_desktop.dossier.verdict import Outcome, Step
from mlops_desktop.outside.credentials import Credential
from tests.dossier.judging import by_step, judge, told


def appended(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def _page_content(writer: IncrementalPdfFileWriter) -> None:
    stream = generic.StreamObject(stream_data=b"BT ET")
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[generic.pdf_name("/Contents")] = writer.add_object(stream)
    writer.update_container(page)


def _script(writer: IncrementalPdfFileWriter) -> None:
    action = generic.DictionaryObject(  # type: ignore[no-untyped-call]
        {
            generic.pdf_name("/S"): generic.pdf_name("/JavaScript"),
            generic.pdf_name("/JS"): generic.pdf_string("app.alert(1)"),
        }
    )
    writer.root[generic.pdf_name("/OpenAction")] = action
    writer.update_root()  # type: ignore[no-untyped-call]


def _title(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    info[generic.pdf_name("/Title")] = generic.pdf_string("Another model")
    writer.update_container(info)


def _metadata(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.root["/Metadata"]
    stream._data = stream.data.replace(b"M-00002", b"M-00003")
    stream._encoded_data = None
    writer.update_container(stream)


def _annotation(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    note = generic.DictionaryObject(  # type: ignore[no-untyped-call]
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.pdf_string("approved"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                map(generic.NumberObject, (9, 9, 99, 99))
            ),
        }
    )
    annotations = page.get("/Annots", generic.ArrayObject())
    annotations.append(writer.add_object(note))
    page[generic.pdf_name("/Annots")] = annotations
    writer.update_container(page)


def _swapped_file(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]
    while "/Names" not in names:
        names = names["/Kids"][0].get_object()
    listed = names["/Names"]
    place = next(n for n in range(0, len(listed), 2) if str(listed[n]) == EVIDENCE)
    file = listed[place + 1]["/EF"]
    other = generic.StreamObject(
        dict_data={generic.pdf_name("/Type"): generic.pdf_name("/EmbeddedFile")}, stream_data=b"{}"
    )
    file[generic.pdf_name("/F")] = writer.add_object(other)
    writer.update_container(file)


def _fewer_pages(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][-1]
    count = generic.NumberObject(len(pages["/Kids"]))  # type: ignore[no-untyped-call]
    pages[generic.pdf_name("/Count")] = count
    writer.update_container(pages)


def _new_field(writer: IncrementalPdfFileWriter) -> None:
    fields.append_signature_field(writer, SigFieldSpec("Sneaky", box=(10, 10, 200, 60)))


ATTACKS = (
    _page_content,
    _script,
    _title,
    _metadata,
    _annotation,
    _swapped_file,
    _fewer_pages,
    _new_field,
)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__.strip("_"))
def test_an_appended_revision_is_seen(
    sealed: bytes, roots: bytes, attack: Callable[[IncrementalPdfFileWriter], None]
) -> None:
    changed = appended(sealed, attack)
    assert changed.startswith(sealed)
    verdict = judge(changed, roots)
    assert verdict.outcome is Outcome.CHANGED
    assert by_step(verdict)[Step.LATER_CHANGES] is False


def test_a_changed_title_under_a_later_signature_is_seen(
    sealed: bytes, roots: bytes, signer: Credential
) -> None:
    """A later signature covers the whole file again, so only the comparison sees the title."""
    changed = signed_later(appended(sealed, _title), signer)
    assert told(judge(changed, roots)) == (Outcome.CHANGED, "metadata_changed")


def signed_later(pdf: bytes, signer: Credential) -> bytes:
    metadata = signers.PdfSignatureMetadata(
        field_name="Later", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    later = signers.PdfSigner(metadata, signing._KeySigner(signer))
    out: BytesIO = later.sign_pdf(signing.SignatureWriter(BytesIO(pdf)))
    return out.getvalue()


def test_a_whole_rewrite_is_seen(sealed: bytes, roots: bytes) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(sealed)) as pdf:
        pdf.save(out)
    assert judge(out.getvalue(), roots).outcome in {Outcome.CHANGED, Outcome.DAMAGED}
