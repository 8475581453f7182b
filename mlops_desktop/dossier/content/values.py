"""Values, gaps and rows: what a record is made of."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

#: A time with its zone; written in UTC with milliseconds.
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Reason(StrEnum):
    """Why a value is not available."""

    NOT_RECORDED = "not_recorded"
    NOT_APPLICABLE = "not_applicable"
    NOT_SUPPORTED = "not_supported"
    NOT_MEASURED = "not_measured"
    NONE_YET = "none_yet"
    SOURCE_SILENT = "source_silent"
    SOURCE_NOT_REACHED = "source_not_reached"
    ERASED = "erased"
    WITHHELD = "withheld"
    LEFT_OUT = "left_out"
    NONE = "none"
    NOT_CHOSEN = "not_chosen"
    IN_PARTS = "in_parts"


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that is not available, and why; ``detail`` is free text from the record."""

    reason: Reason
    detail: str = ""


class Kind(StrEnum):
    """How a value is written: verbatim, in words of a code, as a date, a time or a figure.

    A ``decimal`` is measured and printed rounded, an ``exact`` one was typed and is printed whole.
    ``bilingual`` is a text of the record in English and, below it, in German. ``page`` names a
    section of the dossier, printed as the page on which it begins.
    """

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    TIME = "time"
    DECIMAL = "decimal"
    COUNT = "count"
    BILINGUAL = "bilingual"
    EXACT = "exact"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Value:
    """One value in canonical text: ISO 8601 for dates and times, a decimal point for figures."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the record. ``name`` is a term (``owner``).

    A custom field brings its label, in English and, on the next line, in German.
    """

    name: str
    values: tuple[Value, ...] | Missing
    references: tuple[str, ...] = ()
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A group of rows of the record, named by a term (``identity``, ``roles``)."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and a value as a source gives them."""

    name: str
    value: str
