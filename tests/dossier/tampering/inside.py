"""Attacks on attachments and metadata, each in a revision after the last signature."""

import zlib

from pyhanko.pdf_utils import generic

from mlops_desktop.dossier.attachments import EVIDENCE
from tests.dossier.tampering.revision import Change, Writer, made, rewrite, set_in, stream


def _names(writer: Writer) -> generic.ArrayObject:
    node = writer.root["/Names"]["/EmbeddedFiles"]
    while "/Names" not in node:
        node = node["/Kids"][0]
    found: generic.ArrayObject = node["/Names"]
    return found


def _specification(writer: Writer, name: str = EVIDENCE) -> generic.DictionaryObject:
    listed = _names(writer)
    place = next(n for n in range(0, len(listed), 2) if str(listed[n]) == name)
    found: generic.DictionaryObject = listed[place + 1]
    return found


def swapped(writer: Writer) -> None:
    set_in(writer, _specification(writer)["/EF"], F=stream(writer, b"{}", Type="/EmbeddedFile"))


def rewritten(writer: Writer) -> None:
    held = _specification(writer)["/EF"]["/F"]
    rewrite(writer, held, held.data.replace(b"M-00002", b"M-00003"))


def removed(writer: Writer) -> None:
    listed = _names(writer)
    del listed[:2]
    writer.update_container(listed)


def names_removed(writer: Writer) -> None:
    del writer.root["/Names"]
    writer.update_root()  # type: ignore[no-untyped-call]


def _add(writer: Writer, name: str, data: generic.IndirectObject) -> None:
    listed = _names(writer)
    about = made({"/Type": "/Filespec", "/F": name, "/EF": {"/F": data}})
    listed.extend([generic.pdf_string(name), writer.add_object(about)])
    writer.update_container(listed)


def added(writer: Writer) -> None:
    _add(writer, "zz-more.json", stream(writer, b"{}", Type="/EmbeddedFile"))


def added_twice(writer: Writer) -> None:
    _add(writer, EVIDENCE, stream(writer, b"{}", Type="/EmbeddedFile"))


def bomb(writer: Writer) -> None:
    """A gigabyte in a megabyte, and that once more."""
    engine = zlib.compressobj(9)
    parts = [engine.compress(bytes(1 << 22)) for _ in range(256)]
    packed = b"".join(parts) + engine.flush()
    held = generic.StreamObject(
        dict_data={generic.pdf_name("/Filter"): generic.pdf_name("/FlateDecode")},
        encoded_data=packed,
    )
    _add(writer, "zz-bomb.bin", writer.add_object(held))


def relationship(writer: Writer) -> None:
    set_in(writer, _specification(writer), AFRelationship="/Unspecified")


def description(writer: Writer) -> None:
    set_in(writer, _specification(writer), Desc="the approved facts")


def associated_files(writer: Writer) -> None:
    set_in(writer, writer.root, AF=[])


def _info(writer: Writer, **values: str) -> None:
    set_in(writer, writer.trailer["/Info"], **values)


def info_title(writer: Writer) -> None:
    _info(writer, Title="Another model")


def info_author(writer: Writer) -> None:
    _info(writer, Author="Somebody Else")


def info_keyword(writer: Writer) -> None:
    _info(writer, Keywords="approved")


def info_own_key(writer: Writer) -> None:
    _info(writer, Approved="yes")


def info_replaced(writer: Writer) -> None:
    writer.set_info(made({"/Title": "Another model"}))  # type: ignore[arg-type]


def metadata_subject(writer: Writer) -> None:
    _restate(writer, _packet(writer).replace(b"M-00002", b"M-00003"))


def _packet(writer: Writer) -> bytes:
    return bytes(writer.root["/Metadata"].data)


def _restate(writer: Writer, packet: bytes) -> None:
    set_in(writer, writer.root, Metadata=stream(writer, packet, Type="/Metadata", Subtype="/XML"))


def metadata_keyword(writer: Writer) -> None:
    held = _packet(writer)
    more = b"<pdf:Keywords xmlns:pdf='http://ns.adobe.com/pdf/1.3/'>approved</pdf:Keywords>"
    place = held.rindex(b"</rdf:Description>")
    _restate(writer, held[:place] + more + held[place:])


def metadata_removed(writer: Writer) -> None:
    del writer.root["/Metadata"]
    writer.update_root()  # type: ignore[no-untyped-call]


def metadata_bomb(writer: Writer) -> None:
    laughs = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><x>&b;</x>"
    _restate(writer, laughs)


def output_intent(writer: Writer) -> None:
    set_in(writer, writer.root, OutputIntents=[])


ATTACKS: tuple[Change, ...] = (
    swapped,
    rewritten,
    removed,
    names_removed,
    added,
    added_twice,
    bomb,
    relationship,
    description,
    associated_files,
    info_title,
    info_author,
    info_keyword,
    info_own_key,
    info_replaced,
    metadata_subject,
    metadata_keyword,
    metadata_removed,
    metadata_bomb,
    output_intent,
)
