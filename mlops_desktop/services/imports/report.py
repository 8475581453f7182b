"""What an import does or did, as one record: kept as evidence, shown, and compared."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from mlops_desktop.core.custom_fields import Field
from mlops_desktop.core.errors import AppError

PAPERS = ("approved_on", "validation_date")
"""Under these the differences of a row tell of its papers."""
GAP = "onboarding_gap"

Pairs: TypeAlias = "tuple[Parameter, ...]"


class Fate(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a sentence names."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column of the file: its letter and heading, and the field it is read as.

    ``basis`` is given, remembered, known or none; ``suggestion`` the field that may be meant;
    ``example`` the first value that stands below the heading.
    """

    letter: str
    heading: str
    field: str | None = None
    basis: str = "none"
    suggestion: str | None = None
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell or a row that cannot be taken, with its place and the code of its reason."""

    row: int
    code: str
    column: str = ""
    letter: str = ""
    field: str = ""
    value: str = ""
    parameters: tuple[Parameter, ...] = ()

    def error(self) -> AppError:
        """Return the refusal as an error, for its sentences."""
        error = AppError(self.code)
        error.parameters.update({item.name: item.value for item in self.parameters})
        return error


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know of the file, or of one row."""

    code: str
    row: int = 0
    column: str = ""
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a model before and after, as text; None where it has no value."""

    field: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class RowReport:
    """What becomes of a row of the file, and of which model; a new one has no id yet."""

    row: int
    fate: Fate
    name: str = ""
    model: str | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """An import whole: the file, how it was read, and what becomes of each row."""

    file: str
    digest: str
    form: str
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    heading_row: int = 1
    columns: tuple[ColumnUse, ...] = ()
    rows: tuple[RowReport, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notices: tuple[Notice, ...] = ()
    people: tuple[str, ...] = ()
    """Persons who become known by this import, without a certificate."""
    leaves_out_refused: bool = False
    own: tuple[Field, ...] = ()
    """The fields of the workspace's own that columns could be read as."""
    entities: tuple[str, ...] = ()
    """Legal entities registered by this import, of which only the name is known."""

    @property
    def papers(self) -> int:
        """How many papers it records that wait for a second person."""
        told = (one.field for row in self.rows for one in row.differences)
        return sum(name in PAPERS for name in told)

    @property
    def gaps(self) -> tuple[int, ...]:
        """The rows of models in use that nothing shows an approval of: the onboarding plan."""
        return tuple(one.row for one in self.notices if one.code == GAP)

    def count(self, fate: Fate) -> int:
        """Return how many rows meet a fate."""
        return sum(row.fate is fate for row in self.rows)

    @property
    def is_clean(self) -> bool:
        """Whether it can be applied: nothing is refused, or what is was left out on purpose."""
        of_rows = all(refusal.row > self.heading_row for refusal in self.refusals)
        return not self.refusals or (self.leaves_out_refused and of_rows)

    @property
    def takes(self) -> int:
        """How many rows make or change a model."""
        return self.count(Fate.CREATED) + self.count(Fate.CHANGED)


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for refusals, with how many there are and the first rows they stand in."""

    code: str
    column: str
    number: int
    rows: tuple[int, ...]
    example: Refusal


def reasons(report: Report) -> tuple[Reason, ...]:
    """Return the refusals by reason and column, the most frequent first."""
    counted = Counter((refusal.code, refusal.column) for refusal in report.refusals)
    found = []
    for (code, column), number in counted.most_common():
        own = [one for one in report.refusals if (one.code, one.column) == (code, column)]
        rows = tuple(one.row for one in own[:5])
        found.append(Reason(code, column, number, rows, own[0]))
    return tuple(found)
