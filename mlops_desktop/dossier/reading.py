"""What a sealed file holds, read by one parser and as far as the seal covers it.

One parser only: two would differ on hostile files, and what the one checks the other would show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

Resolver: TypeAlias = "PdfFileReader | HistoricalResolver"

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_URN = "urn:uuid:"
_TEMPLATE = "template sha256:"
_DEEPEST = 8
_MOST_FILES = 1000
_STAMP = "/DocTimeStamp"


@dataclass(frozen=True, slots=True)
class Marks:
    """What the metadata states: kinds, the document's id (a UUID), digests by name, titles."""

    types: tuple[str, ...]
    document_id: str
    relations: tuple[str, ...]
    titles: tuple[str, ...]


NO_MARKS = Marks((), "", (), ())


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened file: persons' signatures, and document time stamps, in the order made."""

    reader: PdfFileReader
    pages: int
    signatures: tuple[EmbeddedPdfSignature, ...]
    stamps: tuple[EmbeddedPdfSignature, ...] = ()


@dataclass(frozen=True, slots=True)
class Store:
    """What signatures are checked by later: certificates, OCSP responses, lists, all in DER."""

    certificates: tuple[bytes, ...]
    responses: tuple[bytes, ...]
    lists: tuple[bytes, ...]


NO_STORE = Store((), (), ())


def open_pdf(pdf: bytes) -> Opened:
    """Parse ``pdf``; every fault of the parser is raised as it comes."""
    reader = PdfFileReader(BytesIO(pdf))
    if reader.encrypted:
        raise PdfError("encrypted")
    pages = int(reader.root["/Pages"]["/Count"])
    found = reader.embedded_signatures
    stamps = tuple(one for one in found if one.sig_object.get("/Type") == _STAMP)
    return Opened(reader, pages, tuple(one for one in found if one not in stamps), stamps)


def count_revisions(pdf: bytes) -> int:
    """Return how often the file was written to, the first time included."""
    return int(PdfFileReader(BytesIO(pdf)).total_revisions)


def read_store(source: Resolver) -> Store:
    """Return the security store (ISO 32000-2, 12.8.4.3), empty where there is none."""
    root = _root(source)
    if "/DSS" not in root:
        return NO_STORE
    held = _follow(source, root, "/DSS")
    return Store(*(_streams(source, held, key) for key in ("/Certs", "/OCSPs", "/CRLs")))


def _streams(source: Resolver, held: generic.DictionaryObject, key: str) -> tuple[bytes, ...]:
    if key not in held:
        return ()
    found = held.raw_get(key)
    listed = source.get_object(found.reference) if _is_reference(found) else found
    return tuple(bytes(source.get_object(one.reference).data) for one in listed)


def _is_reference(value: object) -> bool:
    return isinstance(value, generic.IndirectObject)


def read_metadata(source: Resolver) -> bytes:
    """Return the XMP packet, empty where there is none."""
    root = _root(source)
    if "/Metadata" not in root:
        return b""
    stream = _follow(source, root, "/Metadata")
    if not isinstance(stream, generic.StreamObject):
        raise PdfError("metadata is no stream")
    return bytes(stream.data)


def read_info(source: Resolver) -> dict[str, str]:
    """Return the document information, with whatever keys it has."""
    trailer = source.trailer_view
    info = _follow(source, trailer, "/Info") if "/Info" in trailer else {}
    return {str(key): str(info[key]) for key in info}


def read_form(source: Resolver) -> generic.DictionaryObject:
    """Return the form; an empty dictionary where there is none."""
    root = _root(source)
    found = _follow(source, root, "/AcroForm") if "/AcroForm" in root else None
    return found if found is not None else generic.DictionaryObject()  # type: ignore[no-untyped-call]


def _root(source: Resolver) -> generic.DictionaryObject:
    return _follow(source, source.trailer_view, "/Root")


def _follow(
    source: Resolver, container: generic.DictionaryObject, key: str
) -> generic.DictionaryObject:
    """Return what stands under ``key`` in the revision that ``source`` shows.

    The plain index follows references into the newest revision, whoever is asked.
    """
    found = container.raw_get(key)
    if isinstance(found, generic.IndirectObject):
        found = source.get_object(found.reference)
    if not isinstance(found, generic.DictionaryObject):
        raise PdfError(f"{key} is no dictionary")
    return found


def read_marks(xmp: bytes) -> Marks:
    """Return what the metadata states; raises for anything but plain XML."""
    if not xmp:
        return NO_MARKS
    tree = fromstring(xmp, forbid_dtd=True)
    identifier = tree.find(f".//{_DC}identifier")
    stated = (identifier.text if identifier is not None else "") or ""
    return Marks(
        _items(tree, "type"),
        stated.removeprefix(_URN),
        _items(tree, "relation"),
        (*_items(tree, "title"), *_items(tree, "creator"), *_items(tree, "description")),
    )


def read_template(xmp: bytes) -> str:
    """Return the digest of what printed the pages; empty where none is told."""
    source = fromstring(xmp, forbid_dtd=True).find(f".//{_DC}source") if xmp else None
    return ((source.text if source is not None else "") or "").removeprefix(_TEMPLATE)


def _items(tree: Element, name: str) -> tuple[str, ...]:
    found = tree.findall(f".//{_DC}{name}//{_RDF}li")
    return tuple(item.text or "" for item in found)


def read_files(source: PdfFileReader) -> dict[str, bytes]:
    """Return the embedded files by name; raises if a name comes twice."""
    root = source.root
    if "/Names" not in root or "/EmbeddedFiles" not in root["/Names"]:
        return {}
    files: dict[str, bytes] = {}
    for name, specification in _leaves(root["/Names"]["/EmbeddedFiles"], 0):
        if name in files or len(files) == _MOST_FILES:
            raise PdfError(f"embedded file twice or too many: {name[:60]}")
        files[name] = bytes(specification["/EF"]["/F"].data)
    return files


def _leaves(
    node: generic.DictionaryObject, depth: int
) -> Iterator[tuple[str, generic.DictionaryObject]]:
    if depth > _DEEPEST:
        raise PdfError("name tree too deep")
    if "/Names" in node:
        names = node["/Names"]
        for index in range(0, len(names), 2):
            yield str(names[index]), names[index + 1]
    if "/Kids" in node:
        for kid in node["/Kids"]:
            yield from _leaves(kid, depth + 1)
