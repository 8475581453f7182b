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
_DEEPEST = 8
_MOST_FILES = 1000
_INFO = ("/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate")


@dataclass(frozen=True, slots=True)
class Marks:
    """What the metadata states: kinds, the document's id (a UUID), digests by name."""

    types: tuple[str, ...]
    document_id: str
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened file."""

    reader: PdfFileReader
    pages: int
    signatures: tuple[EmbeddedPdfSignature, ...]


def open_pdf(pdf: bytes) -> Opened:
    """Parse ``pdf``; every fault of the parser is raised as it comes."""
    reader = PdfFileReader(BytesIO(pdf))
    if reader.encrypted:
        raise PdfError("encrypted")
    pages = int(reader.root["/Pages"]["/Count"])
    return Opened(reader, pages, tuple(reader.embedded_signatures))


def read_metadata(source: Resolver) -> bytes:
    """Return the XMP packet, empty where there is none."""
    root = _root(source)
    return bytes(root["/Metadata"].data) if "/Metadata" in root else b""


def read_info(source: Resolver) -> dict[str, str]:
    """Return the document information that people are shown."""
    trailer = source.trailer_view
    # Only [] follows a reference, get() does not.
    info = trailer["/Info"].get_object() if "/Info" in trailer else {}
    return {key: str(info[key]) for key in _INFO if key in info}


def read_marks(xmp: bytes) -> Marks:
    """Return what the metadata states; raises for anything but plain XML."""
    if not xmp:
        return Marks((), "", ())
    tree = fromstring(xmp, forbid_dtd=True)
    identifier = tree.find(f".//{_DC}identifier")
    stated = (identifier.text if identifier is not None else "") or ""
    return Marks(_items(tree, "type"), stated.removeprefix(_URN), _items(tree, "relation"))


def _items(tree: Element, name: str) -> tuple[str, ...]:
    found = tree.findall(f".//{_DC}{name}//{_RDF}li")
    return tuple(item.text or "" for item in found)


def read_files(source: Resolver) -> dict[str, bytes]:
    """Return the embedded files by name; raises if a name comes twice."""
    names = _root(source).get("/Names", {})
    if "/EmbeddedFiles" not in names:
        return {}
    files: dict[str, bytes] = {}
    for name, specification in _leaves(names["/EmbeddedFiles"], 0):
        if name in files or len(files) == _MOST_FILES:
            raise PdfError(f"embedded file twice or too many: {name[:60]}")
        files[name] = bytes(specification["/EF"]["/F"].data)
    return files


def _leaves(
    node: generic.DictionaryObject, depth: int
) -> Iterator[tuple[str, generic.DictionaryObject]]:
    if depth > _DEEPEST:
        raise PdfError("name tree too deep")
    names = node.get("/Names", ())
    for index in range(0, len(names), 2):
        yield str(names[index]), names[index + 1]
    for kid in node.get("/Kids", ()):
        yield from _leaves(kid.get_object(), depth + 1)


def _root(source: Resolver) -> generic.DictionaryObject:
    root: generic.DictionaryObject = source.trailer_view["/Root"].get_object()
    return root
