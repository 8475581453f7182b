"""The kinds of cards an Overview is made of: values and keys of words, no sentence of a language.

Whatever counts something says by its :class:`Way` where its rows are.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.identity import Scope
from mlops_desktop.core.work import QUIET, Work
from mlops_desktop.services.ledger import LogRow
from mlops_desktop.services.session import Session

Mood = Literal["", "good", "warn", "bad", "info", "idle"]
"""How a value is to be taken; shown as a shape and a word, never as a colour alone."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: a key of the wording and what it is filled with, each in the reader's form."""

    key: str
    parameters: tuple[tuple[str, "Value"], ...] = ()
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the digits it is shown with, and its unit as resources name it."""

    value: float
    digits: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class EventName:
    """What happened in an event, by its word."""

    row: LogRow


@dataclass(frozen=True, slots=True)
class EventAbout:
    """What an event is about, its codes in words."""

    row: LogRow


Value: TypeAlias = (
    "str | int | Decimal | Amount | date | datetime | Said | EventName | EventAbout | None"
)
"""A name as it stands, a number, decimals as written, a day, a moment, a sentence, or nothing."""


def said(key: str, **parameters: Value) -> Said:
    """Return a sentence by its key."""
    return Said(key, tuple(parameters.items()))


@dataclass(frozen=True, slots=True)
class Way:
    """Where something leads: a page, and there a record, a filter of its list, or an action.

    With a ``day`` the whole window shows that day from then on.
    """

    page: str
    filter: str = ""
    record: str = ""
    action: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number by its name; ``definition`` is a key that says what is counted."""

    name: str
    value: Value
    definition: Said
    way: Way | None = None
    mood: Mood = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers side by side, each a way to its rows."""

    title: Said
    figures: tuple[Figure, ...]
    lead: Said | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that waits: what, a sentence about it, and where it is dealt with."""

    what: Value
    about: Said
    way: Way
    mood: Mood = ""
    more: tuple[Said, ...] = ()
    """Further lines, as what differs since the reader last looked."""


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for the reader, the most pressing first; ``empty`` is said where nothing does.

    Of more than a list's length ``rest`` leads to all.
    """

    title: Said
    waits: tuple[Wait, ...]
    empty: Said
    lead: Said | None = None
    rest: Way | None = None


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many there are at a row and a column."""

    row: int
    column: int
    count: int
    way: Way


@dataclass(frozen=True, slots=True)
class Heat:
    """Counts over two cuts; a cell that is not given counts nothing."""

    title: Said
    rows: tuple[Value, ...]
    columns: tuple[Value, ...]
    cells: tuple[HeatCell, ...]
    empty: Said
    counted: str = "charts.heat.models"
    """The key of a sentence that says ``n`` of what is counted."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the key of its title, its width in characters."""

    title: str
    width: int = 14
    numeric: bool = False
    strong: bool = False
    flexible: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with a mood: a chip."""

    mood: Mood
    value: Value


Cell: TypeAlias = "Value | Marked"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table and what opening it leads to."""

    id: str
    cells: tuple[Cell, ...]
    way: Way


@dataclass(frozen=True, slots=True)
class Table:
    """A short table, as wide as the page or half of it; ``rest`` leads to the whole of it."""

    title: Said
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: Said
    lead: Said | None = None
    rest: Way | None = None
    is_half: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a column of a comparison."""

    value: Value
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One matter over everything compared; ``way`` leads to where it is told whole."""

    name: Value
    cells: tuple[Cell, ...]
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """Things side by side: one a column, one matter a row."""

    title: Said
    heads: tuple[Head, ...]
    rows: tuple[Compared, ...]
    empty: Said
    lead: Said | None = None


@dataclass(frozen=True, slots=True)
class TrendLine:
    """Values in the order of time; None is a gap."""

    name: Value
    points: tuple[tuple[datetime, float | None], ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """A small chart; ``way`` leads to the whole."""

    title: Said
    lines: tuple[TrendLine, ...]
    unit: Value
    empty: Said
    way: Way | None = None


Card: TypeAlias = Figures | Waits | Heat | Table | Beside | Trend


@dataclass(frozen=True, slots=True)
class Looked:
    """When a person last looked at this Overview at this desk, and the ledger's length then."""

    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """What a role's cards are read from."""

    session: Session
    as_of: AsOf = NOW
    looked: Looked | None = None
    scopes: tuple[Scope, ...] = ()
    """What the cards of a role that keeps to a scope are narrowed to."""
    work: Work = QUIET
    """What long reading is stopped by where nobody waits for the cards any more."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A role's cards, those most wanted first, and the length of the ledger they were read at."""

    cards: tuple[Card, ...]
    size: int
