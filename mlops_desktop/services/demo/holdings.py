"""Acts on models: registered, versions and deployments by hand, edited, moved, declared."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from mlops_desktop.core.events.candidates import Verdict
from mlops_desktop.core.inventory import number_text
from mlops_desktop.services import candidates, declarations, deployments, models, versions
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.data import (
    Bank,
    DeclarationPart,
    DeploymentPart,
    EditPart,
    ModelPart,
    MovePart,
    VersionPart,
)
from mlops_desktop.services.demo.entities import Group
from mlops_desktop.services.demo.plan import Act, Hours, Perform, about
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.deployments import Place
from mlops_desktop.services.session import Session
from mlops_desktop.services.versions import NewVersion

_BASIS = "Übernahme aus der Modellliste"
_TAKEN_OVER = "import"


def plan_models(
    bank: Bank, parts: tuple[ModelPart, ...], calendar: Calendar, group: Group
) -> Iterator[Act]:
    """Yield everything that persons recorded about models, candidates aside."""
    for part in parts:
        yield Act(calendar.moment(bank.first_day, Hours.REGISTER), _register(part, group))
        for version in part.version:
            day = version.on or bank.first_day
            yield Act(calendar.moment(day, Hours.VERSION), _add_version(part, version))
        for deployment in part.deployment:
            yield from _serve(bank, part, deployment, calendar)
        for edit in part.edit:
            at = about(calendar.moment(edit.on, Hours.EDIT), part.number, edit.on)
            yield Act(at, _edit(part, edit))
        for move in part.move:
            at = about(calendar.moment(move.on, Hours.MOVE), part.number)
            yield Act(at, _move(part, move))


def plan_declarations(bank: Bank, calendar: Calendar) -> Iterator[Act]:
    """Yield what was declared by hand and decided to be no model."""
    for part in bank.declaration:
        yield Act(calendar.moment(part.on, Hours.EDIT), _declare(part))
        yield Act(calendar.moment(part.rejected, Hours.DECIDE), _reject(part))


def _holding(stage: Stage, day: str | None) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(stage.calendar.day(day), time.min, tzinfo=UTC)


def _texts(stage: Stage, fields: dict[str, str]) -> dict[str, str]:
    fill, fill_date = stage.calendar.fill, stage.calendar.fill_date
    return {name: fill_date(fill(text)) for name, text in fields.items()}


def _register(part: ModelPart, group: Group) -> Perform:
    # The register came from a list of others: who takes it over is a clerk, and shaped nothing.
    return lambda stage: models.register_model(
        stage.session.as_agent(_TAKEN_OVER),
        _texts(stage, part.fields | group.fields_of(part.number)),
        effective=_holding(stage, part.since),
        anyway=True,
    )


def _add_version(part: ModelPart, version: VersionPart) -> Perform:
    def perform(stage: Stage) -> None:
        made = _holding(stage, version.since)
        wanted = NewVersion(
            version.version, version.description, version.artifact, version.by, made
        )
        named = number_text(part.number)
        clerk = stage.session.as_agent(_TAKEN_OVER)
        versions.register_version(clerk, named, wanted, effective=made)

    return perform


def _serve(
    bank: Bank, part: ModelPart, deployment: DeploymentPart, calendar: Calendar
) -> Iterator[Act]:
    """Yield beginning and end; what began before the first day was recorded on that day."""
    place = Place(deployment.version, deployment.environment)
    named, first = number_text(part.number), calendar.day(bank.first_day)

    def begin(stage: Stage) -> None:
        since = _holding(stage, deployment.since)
        basis = deployment.basis or _BASIS
        deployments.open_deployment(stage.session, named, place, basis=basis, effective=since)

    def end(stage: Stage) -> None:
        until = _holding(stage, deployment.until)
        deployments.close_deployment(stage.session, named, place, effective=until)

    begun = max(calendar.day(deployment.since), first).isoformat()
    yield Act(calendar.moment(begun, Hours.DEPLOY), begin)
    if deployment.until:
        yield Act(calendar.moment(deployment.until, Hours.DEPLOY), end)


def _edit(part: ModelPart, edit: EditPart) -> Perform:
    def perform(stage: Stage) -> None:
        models.edit_model(
            stage.acting(edit.by),
            number_text(part.number),
            _texts(stage, edit.fields),
            reason=stage.calendar.fill(edit.reason) if edit.reason else None,
            effective=_holding(stage, edit.effective),
        )

    return perform


def _move(part: ModelPart, move: MovePart) -> Perform:
    def perform(stage: Stage) -> None:
        models.move_model(
            stage.acting(move.by),
            number_text(part.number),
            move.move,
            reason=move.reason,
            successor=number_text(move.successor) if move.successor else None,
            effective=_holding(stage, move.effective),
        )

    return perform


def _declare(part: DeclarationPart) -> Perform:
    return lambda stage: declarations.declare_candidate(
        stage.acting(part.by), part.name, part.place, part.description
    )


def _reject(part: DeclarationPart) -> Perform:
    def perform(stage: Stage) -> None:
        session: Session = stage.acting(part.rejected_by)
        named = _find_candidate(session, part.name)
        candidates.reject_candidate(session, named, Verdict.NOT_A_MODEL, part.reason)

    return perform


def _find_candidate(session: Session, name: str) -> str:
    return next(row.id for row in candidates.list_candidates(session) if row.name == name)
