"""The sample bank as it stands in ``resources/demo``: typed, and nothing unknown in it."""

from mlops_desktop import paths
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.identity import Role
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.services.demo.strict import Strict as _Strict
from mlops_desktop.services.demo.strict import read_file as _read


class PersonPart(_Strict, frozen=True):
    """A person: known since ``known``; may sign since ``certified``; gone since ``left``."""

    name: str
    unit: str
    roles: tuple[Role, ...]
    known: str
    certified: str | None = None
    left: str | None = None


class SourcePart(_Strict, frozen=True):
    """A source: played from a recording, or at an address that answers until ``silent``."""

    name: str
    kind: str
    added: str
    by: str
    recording: str | None = None
    url: str | None = None
    read: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


class DeclarationPart(_Strict, frozen=True):
    """Something a person declared, and the decision that it is no model."""

    name: str
    place: str
    description: str
    on: str
    by: str
    rejected: str
    rejected_by: str
    reason: str


class DrawerPart(_Strict, frozen=True):
    """A dossier of a model as of ``at``, sealed on an earlier day than the opening."""

    model: int
    at: str
    sealed: str


class SeveralPart(_Strict, frozen=True):
    """A dossier about several models as of ``at``: a portfolio with a sample, or a regime."""

    name: str
    at: str
    sealed: str
    sample: int = 0
    seed: str = ""
    profile: str = ""
    since: str = ""


class Bank(_Strict, frozen=True):
    """The bank: its workspace, persons, sources, declarations and earlier dossiers."""

    name: str
    file: str
    founder: str
    first_day: str
    earliest_opening: str
    dossier: int
    person: tuple[PersonPart, ...]
    source: tuple[SourcePart, ...]
    declaration: tuple[DeclarationPart, ...] = ()
    drawer: tuple[DrawerPart, ...] = ()
    several: tuple[SeveralPart, ...] = ()


class EditPart(_Strict, frozen=True):
    """Fields changed on a day, holding from ``effective``."""

    on: str
    by: str
    fields: dict[str, str]
    reason: str | None = None
    effective: str | None = None


class MovePart(_Strict, frozen=True):
    """A move along a model's life."""

    on: str
    by: str
    move: Move
    reason: str | None = None
    successor: int | None = None
    effective: str | None = None


class VersionPart(_Strict, frozen=True):
    """A version recorded by hand."""

    version: str
    since: str
    description: str
    on: str | None = None
    by: str | None = None
    artifact: str | None = None


class DeploymentPart(_Strict, frozen=True):
    """A deployment recorded by hand, on the first day unless said."""

    version: str
    since: str
    until: str | None = None
    environment: str = "production"
    basis: str | None = None


class ModelPart(_Strict, frozen=True):
    """A model with all that happened to it."""

    number: int
    since: str
    fields: dict[str, str]
    registry: str | None = None
    edit: tuple[EditPart, ...] = ()
    move: tuple[MovePart, ...] = ()
    version: tuple[VersionPart, ...] = ()
    deployment: tuple[DeploymentPart, ...] = ()


class MetPart(_Strict, frozen=True):
    """That a condition is met: by whom it was confirmed, and what the evidence says."""

    by: str
    on: str
    evidence: str


class ConditionPart(_Strict, frozen=True):
    """A condition of an approval."""

    text: str
    due: str | None = None
    met: MetPart | None = None


class DecisionPart(_Strict, frozen=True):
    """A signed decision."""

    by: str
    on: str
    say: Decision = Decision.APPROVE
    meaning: str | None = None
    comment: str | None = None
    condition: tuple[ConditionPart, ...] = ()
    until: str | None = None
    behalf: str | None = None


class AttemptPart(_Strict, frozen=True):
    """An attempt to decide that a rule refuses."""

    by: str
    on: str
    refused: str
    behalf: str | None = None


class RevocationPart(_Strict, frozen=True):
    """A granted approval taken back."""

    by: str
    on: str
    reason: str


class RequestPart(_Strict, frozen=True):
    """A request for approval with everything said about it."""

    model: int
    version: str
    asked: str
    by: str
    comment: str
    environment: str = "production"
    entities: tuple[str, ...] = ()
    decision: tuple[DecisionPart, ...] = ()
    attempt: tuple[AttemptPart, ...] = ()
    revocation: RevocationPart | None = None


class EarlierPart(_Strict, frozen=True):
    """What an entry said until a day: its description, and the tags it did not have yet."""

    until: str
    description: str
    without: tuple[str, ...] = ()


class EntryPart(_Strict, frozen=True):
    """A registry entry's aliases by the day from which they held; "" is none."""

    name: str
    alias: dict[str, dict[str, str]]
    earlier: EarlierPart | None = None


class GonePart(_Strict, frozen=True):
    """An entry that the registry listed for a time and lists no longer."""

    name: str
    since: str
    until: str
    description: str
    tags: dict[str, str]


class HiddenPart(_Strict, frozen=True):
    """An entry that the reader's account could not see until a day."""

    name: str
    until: str


class Registry(_Strict, frozen=True):
    """How the registry came to be what was recorded of it."""

    entry: tuple[EntryPart, ...]
    gone: tuple[GonePart, ...] = ()
    hidden: tuple[HiddenPart, ...] = ()
    read: tuple[str, ...] = ()


class _Models(_Strict, frozen=True):
    model: tuple[ModelPart, ...]


class _Requests(_Strict, frozen=True):
    request: tuple[RequestPart, ...]


def read_bank() -> Bank:
    """Return the bank; raises ``demo.file_malformed`` as all the readers here."""
    return _read(paths.resource("demo", "bank.toml"), Bank)


def read_models() -> tuple[ModelPart, ...]:
    """Return the models by number."""
    files = sorted(paths.resource("demo", "models").glob("*.toml"))
    found = [model for file in files for model in _read(file, _Models).model]
    return tuple(sorted(found, key=lambda model: model.number))


def read_requests() -> tuple[RequestPart, ...]:
    """Return the requests for approval in the files' order."""
    files = sorted(paths.resource("demo", "approvals").glob("*.toml"))
    return tuple(request for file in files for request in _read(file, _Requests).request)


def read_registry() -> Registry:
    """Return how the registry came to be."""
    return _read(paths.resource("demo", "registry.toml"), Registry)
