"""The file itself: no name of a machine, no clock, the same bytes for the same draft."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as Docx

_FIRST = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_THUMBNAIL = "/thumbnail"
_LONGEST = 255
"""What a property of a document may hold."""


def describe(document: Docx, title: str, subject: str, language: str, known: datetime) -> None:
    """Say what the document is; nobody is named as its author, and its times are its facts'."""
    properties = document.core_properties
    properties.title, properties.subject = title[:_LONGEST], subject[:_LONGEST]
    properties.language = language
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.keywords = properties.category = ""
    properties.content_status = "Draft"
    properties.revision = 1
    properties.created = properties.modified = known.astimezone(UTC).replace(tzinfo=None)
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith(_THUMBNAIL)]:
        relations.pop(key)


def save(document: Docx) -> bytes:
    """Return the file with its parts in order and without times of their own."""
    written, made = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as given, ZipFile(made, "w", ZIP_DEFLATED) as out:
        for name in sorted(given.namelist(), key=lambda name: (name != _FIRST, name)):
            info = ZipInfo(name, _EPOCH)
            info.compress_type, info.create_system = ZIP_DEFLATED, 3
            out.writestr(info, given.read(name))
    return made.getvalue()
