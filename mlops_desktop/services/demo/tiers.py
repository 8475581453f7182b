"""Acts on tiers: the template put in force, models rated and rated again, tiers overridden."""

from collections.abc import Iterator
from datetime import timedelta

from mlops_desktop import paths
from mlops_desktop.core.inventory import number_text
from mlops_desktop.services import tier_templates, tiering
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.data import Bank, ModelPart
from mlops_desktop.services.demo.plan import Act, Hours, Perform, about
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file

_LATER = timedelta(minutes=30)


class RatingPart(Strict, frozen=True):
    """A model rated by the same answers on several days."""

    model: int
    by: str
    on: tuple[str, ...]
    answers: dict[str, str]


class OverridePart(Strict, frozen=True):
    """A tier set in place of the computed one."""

    model: int
    by: str
    on: str
    tier: int
    until: str
    reason: str


class Tiering(Strict, frozen=True):
    """The template in force, the ratings by it, the overrides."""

    template: str
    by: str
    activated_by: str
    rating: tuple[RatingPart, ...]
    override: tuple[OverridePart, ...] = ()


def read_tiering() -> Tiering:
    """Return the ratings and overrides of tiers; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "tiering.toml"), Tiering)


def plan_tiers(
    bank: Bank, models: tuple[ModelPart, ...], wanted: Tiering, calendar: Calendar
) -> Iterator[Act]:
    """Yield the template, then every rating and override."""
    yield Act(calendar.moment(bank.first_day, Hours.VERSION), _activate(wanted))
    reasons = {part.number: part.fields.get("tier_reason") for part in models}
    for rating in wanted.rating:
        for day in rating.on:
            at = about(calendar.moment(day, Hours.EDIT), "tier", rating.model)
            yield Act(at, _rate(wanted.template, rating, reasons.get(rating.model)))
    for part in wanted.override:
        at = about(calendar.moment(part.on, Hours.EDIT), "override", part.model)
        yield Act(at + _LATER, _override(part))


def _activate(wanted: Tiering) -> Perform:
    def perform(stage: Stage) -> None:
        tier_templates.add_template(stage.acting(wanted.by), wanted.template)
        tier_templates.activate_template(stage.acting(wanted.activated_by), wanted.template)

    return perform


def _rate(template: str, part: RatingPart, reason: str | None) -> Perform:
    return lambda stage: tiering.assess_tier(
        stage.acting(part.by), number_text(part.model), template, part.answers, reason=reason
    )


def _override(part: OverridePart) -> Perform:
    def perform(stage: Stage) -> None:
        session, until = stage.acting(part.by), stage.calendar.day(part.until)
        tiering.override_tier(session, number_text(part.model), part.tier, part.reason, until)

    return perform
