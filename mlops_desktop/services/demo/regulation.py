"""What regulates the bank: profiles it works by, decisions on scope, documents it filed."""

from collections.abc import Iterator

import msgspec

from mlops_desktop import paths
from mlops_desktop.core.inventory import number_text
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.profiles.scoping import ScopeDecision, file_document, scope_model
from mlops_desktop.services.profiles.standing import activate_profile


class ActivePart(Strict, frozen=True):
    """A profile that the bank works by, from a day on."""

    profile: str
    on: str
    by: str
    reason: str


class ScopePart(Strict, frozen=True):
    """A decision on the scope of a regime, for several models."""

    regime: str
    models: tuple[int, ...]
    on: str
    by: str
    is_in: bool
    reason: str
    traits: dict[str, str] = msgspec.field(default_factory=dict)


class DocumentPart(Strict, frozen=True):
    """A document filed for a model."""

    model: int
    kind: str
    on: str
    by: str
    reference: str


class Regulation(Strict, frozen=True):
    """What regulates the bank."""

    active: tuple[ActivePart, ...]
    scope: tuple[ScopePart, ...]
    document: tuple[DocumentPart, ...]


def plan_regulation(calendar: Calendar) -> Iterator[Act]:
    """Yield what was activated, decided and filed; raises ``demo.file_malformed``."""
    regulation = read_file(paths.resource("demo", "regulation.toml"), Regulation)
    for active in regulation.active:
        yield Act(calendar.moment(active.on, Hours.MOVE), _activate(active))
    for scope in regulation.scope:
        for model in scope.models:
            yield Act(calendar.moment(scope.on, Hours.MOVE), _decide(scope, number_text(model)))
    for document in regulation.document:
        yield Act(calendar.moment(document.on, Hours.MOVE), _file(document))


def _activate(part: ActivePart) -> Perform:
    return lambda stage: activate_profile(
        stage.acting(part.by), part.profile, stage.calendar.day(part.on), part.reason
    )


def _decide(part: ScopePart, model: str) -> Perform:
    decision = ScopeDecision(part.is_in, part.reason, part.traits)
    return lambda stage: scope_model(stage.acting(part.by), model, part.regime, decision)


def _file(part: DocumentPart) -> Perform:
    model = number_text(part.model)
    return lambda stage: file_document(stage.acting(part.by), model, part.kind, part.reference)
