"""Everything a dossier says, frozen: no query, no word of a language, no layout.

Whoever fills these classes decides what is known; a value nobody has is a :class:`Missing` with
its reason, never an empty text. Codes (``production``, ``approve``) are printed in words of the
dossier's language; decimals are the shortest decimal texts, times are aware.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mlops_desktop.dossier.content.approval import (
    Approval,
    Decision,
    FieldChange,
    SignatureState,
    Step,
)
from mlops_desktop.dossier.content.chapters import (
    Bar,
    Bars,
    Cell,
    Chapter,
    Flowchart,
    Grid,
    Interval,
    Part,
    Station,
)
from mlops_desktop.dossier.content.history import (
    Axis,
    Dataset,
    DatasetUse,
    Deployment,
    Limit,
    Point,
    Series,
    Served,
    Version,
)
from mlops_desktop.dossier.content.ledger import Checkpoint, Entry, Head, Leaf, Ledger
from mlops_desktop.dossier.content.limits import (
    BlindSpots,
    EvidenceFile,
    LeftOut,
    SourceState,
    Unmeasured,
)
from mlops_desktop.dossier.content.parts import Bundle, ModelPart
from mlops_desktop.dossier.content.values import (
    Field,
    Kind,
    Missing,
    Moment,
    Pair,
    Reason,
    Section,
    Value,
)

__all__ = [
    "Approval",
    "AsOf",
    "Axis",
    "Bar",
    "Bars",
    "BlindSpots",
    "Bundle",
    "Cell",
    "Chapter",
    "Checkpoint",
    "Dataset",
    "DatasetUse",
    "Decision",
    "Deployment",
    "Document",
    "DossierContent",
    "Entry",
    "EvidenceFile",
    "Facts",
    "Field",
    "FieldChange",
    "Flowchart",
    "Grid",
    "Head",
    "Interval",
    "Kind",
    "Leaf",
    "Ledger",
    "LeftOut",
    "Limit",
    "Missing",
    "ModelPart",
    "Moment",
    "Pair",
    "Part",
    "Point",
    "Reason",
    "Scope",
    "Section",
    "Selection",
    "Series",
    "Served",
    "SignatureState",
    "Signer",
    "SourceState",
    "Station",
    "Step",
    "Unmeasured",
    "Value",
    "Version",
]


@dataclass(frozen=True, slots=True)
class AsOf:
    """The two dates: what held at ``as_at``, by what was known at ``position`` on ``as_known``."""

    as_at: date
    as_known: Moment
    position: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Which sections somebody chose to leave out: who, and by which saved template."""

    left_out: tuple[str, ...]
    chosen_by: str
    template: str | None = None
    template_version: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is said about the model. Two dossiers of the same facts have the same digest.

    A dossier of another scope says in ``chapters`` what it says, has no record of one model, and
    names in ``model_parts`` what stands in a file of its own.
    """

    model_id: str
    model_name: str
    as_of: AsOf
    inventory: tuple[Section, ...]
    versions: tuple[Version, ...] | Missing
    deployments: tuple[Deployment, ...] | Missing
    datasets: tuple[Dataset, ...] | Missing
    series: tuple[Series, ...] | Missing
    approvals: tuple[Approval, ...] | Missing
    ledger: Ledger
    blind_spots: BlindSpots
    evidence_files: tuple[EvidenceFile, ...] | Missing
    chapters: tuple[Chapter, ...] = ()
    selection: Selection | None = None
    model_parts: tuple[ModelPart, ...] = ()


class Scope(StrEnum):
    """What a dossier is about: one model, all of a filter, or a regime's rules in a period."""

    MODEL = "model"
    PORTFOLIO = "portfolio"
    REGULATOR = "regulator"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who is to countersign: printed name and role; his field is prepared before the seal."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Document:
    """The copy itself: who made it, when, in which language (``en`` or ``de``), for whom."""

    id: str
    scope: Scope
    language: str
    created_at: Moment
    created_by: str
    workspace: str
    classification: str
    generator: str
    signers: tuple[Signer, ...] = ()
    """Who countersigns, in this order."""
    is_draft: bool = False
    """Whether it is only to be looked at: never sealed, never recorded."""


@dataclass(frozen=True, slots=True)
class DossierContent:
    """A dossier before it is printed."""

    document: Document
    facts: Facts
    leaves: tuple[Leaf, ...]
    logo: bytes | None = None
    """A PNG for the cover; it says nothing, so it is no fact."""
    bundle: Bundle | None = None
    """The parts of single models, where there are any."""
