"""Attacks by annotations, form fields and actions, each in a revision after the last signature."""

from pyhanko.pdf_utils import generic
from pyhanko.sign import fields
from pyhanko.sign.fields import SigFieldSpec

from tests.dossier.tampering.revision import (
    Change,
    Plain,
    Writer,
    field,
    made,
    page_of,
    rewrite,
    set_in,
    stream,
)

SCRIPT: Plain = {"/S": "/JavaScript", "/JS": "app.alert(1)"}


def _annotate(writer: Writer, **about: Plain) -> generic.IndirectObject:
    shown = {f"/{key}": value for key, value in about.items()}
    note = writer.add_object(made({"/Type": "/Annot", "/Rect": [9, 9, 500, 500], **shown}))
    page = page_of(writer)
    set_in(writer, page, Annots=[*page.get("/Annots", []), note])
    return note


def note_added(writer: Writer) -> None:
    _annotate(writer, Subtype="/FreeText", Contents="approved")


def stamp_added(writer: Writer) -> None:
    look = stream(writer, b"1 0 0 rg 0 0 90 90 re f", Subtype="/Form", BBox=[0, 0, 90, 90])
    _annotate(writer, Subtype="/Stamp", AP={"/N": look})


def redaction_added(writer: Writer) -> None:
    _annotate(writer, Subtype="/Redact", F=4)


def link_to_the_web(writer: Writer) -> None:
    _annotate(writer, Subtype="/Link", A={"/S": "/URI", "/URI": "https://evil.example"})


def program_launched(writer: Writer) -> None:
    _annotate(writer, Subtype="/Link", A={"/S": "/Launch", "/F": "cmd.exe"})


def file_annotation(writer: Writer) -> None:
    data = stream(writer, b"MZ", Type="/EmbeddedFile")
    _annotate(writer, Subtype="/FileAttachment", FS={"/Type": "/Filespec", "/EF": {"/F": data}})


def _first_link(writer: Writer) -> generic.DictionaryObject:
    for number in range(len(writer.root["/Pages"]["/Kids"])):
        listed = page_of(writer, number).get("/Annots", [])
        for place in range(len(listed)):
            if listed[place]["/Subtype"] == "/Link":
                found: generic.DictionaryObject = listed[place]
                return found
    raise LookupError


def link_hidden(writer: Writer) -> None:
    set_in(writer, _first_link(writer), F=2)


def link_turned(writer: Writer) -> None:
    set_in(writer, _first_link(writer), A={"/S": "/URI", "/URI": "https://evil.example"})


def annotations_removed(writer: Writer) -> None:
    set_in(writer, page_of(writer), Annots=[])


def seal_hidden(writer: Writer) -> None:
    set_in(writer, field(writer, "Seal"), F=2)


def seal_moved(writer: Writer) -> None:
    set_in(writer, field(writer, "Seal"), Rect=[0, 0, 595, 842])


def seal_redrawn(writer: Writer) -> None:
    rewrite(writer, field(writer, "Seal")["/AP"]["/N"], b"0 0 9 9 re f")


def countersignature_redrawn(writer: Writer) -> None:
    other = stream(writer, b"0 0 9 9 re f", Subtype="/Form", BBox=[0, 0, 9, 9])
    set_in(writer, field(writer, "Countersignature1"), AP={"/N": other})


def signer_renamed(writer: Writer) -> None:
    set_in(writer, field(writer, "Countersignature1")["/V"], Name="Somebody Else")


def signature_removed(writer: Writer) -> None:
    seal = field(writer, "Countersignature2")
    del seal["/V"]
    writer.update_container(seal)


def seal_removed(writer: Writer) -> None:
    seal = field(writer, "Seal")
    del seal["/V"]
    writer.update_container(seal)


def certification_removed(writer: Writer) -> None:
    del writer.root["/Perms"]
    writer.update_root()  # type: ignore[no-untyped-call]


def form_removed(writer: Writer) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()  # type: ignore[no-untyped-call]


def field_renamed(writer: Writer) -> None:
    set_in(writer, field(writer, "Countersignature2"), T="Approval")


def value_swapped(writer: Writer) -> None:
    first = field(writer, "Countersignature1").raw_get("/V")
    set_in(writer, field(writer, "Countersignature2"), V=first)


def signature_field_added(writer: Writer) -> None:
    fields.append_signature_field(writer, SigFieldSpec("Sneaky", box=(10, 10, 200, 60)))


def text_field_added(writer: Writer) -> None:
    box = {"/FT": "/Tx", "/T": "Verdict", "/V": "approved", "/Subtype": "/Widget"}
    added = writer.add_object(made({**box, "/Type": "/Annot", "/Rect": [9, 9, 99, 99]}))
    form = writer.root["/AcroForm"]
    form["/Fields"].append(added)
    set_in(writer, form)
    set_in(writer, writer.root, AcroForm=form)


def appearances_needed(writer: Writer) -> None:
    set_in(writer, writer.root["/AcroForm"], NeedAppearances=True)
    writer.update_root()  # type: ignore[no-untyped-call]


def xml_form(writer: Writer) -> None:
    set_in(writer, writer.root["/AcroForm"], XFA=stream(writer, b"<xdp/>"))
    writer.update_root()  # type: ignore[no-untyped-call]


def script_on_opening(writer: Writer) -> None:
    set_in(writer, writer.root, OpenAction=SCRIPT)


def script_on_a_page(writer: Writer) -> None:
    set_in(writer, page_of(writer, 1), AA={"/O": SCRIPT})


def script_before_printing(writer: Writer) -> None:
    set_in(writer, writer.root, AA={"/WP": SCRIPT})


def script_by_name(writer: Writer) -> None:
    set_in(writer, writer.root["/Names"], JavaScript={"/Names": ["a", SCRIPT]})
    writer.update_root()  # type: ignore[no-untyped-call]


def address_on_opening(writer: Writer) -> None:
    set_in(writer, writer.root, OpenAction={"/S": "/URI", "/URI": "file:///etc/passwd"})


def launch_on_opening(writer: Writer) -> None:
    set_in(writer, writer.root, OpenAction={"/S": "/Launch", "/Win": {"/F": "cmd.exe"}})


ATTACKS: tuple[Change, ...] = (
    note_added,
    stamp_added,
    redaction_added,
    link_to_the_web,
    program_launched,
    file_annotation,
    link_hidden,
    link_turned,
    annotations_removed,
    seal_hidden,
    seal_moved,
    seal_redrawn,
    countersignature_redrawn,
    signer_renamed,
    signature_removed,
    seal_removed,
    certification_removed,
    form_removed,
    field_renamed,
    value_swapped,
    signature_field_added,
    text_field_added,
    appearances_needed,
    xml_form,
    script_on_opening,
    script_on_a_page,
    script_before_printing,
    script_by_name,
    address_on_opening,
    launch_on_opening,
)
