"""Acts of validations told as one: every area that the tier asks for, the report, its approval."""

from collections.abc import Iterator

from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.core.validations import Area, Expectation, expectation
from mlops_desktop.services import items, models
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.entities import ValidationPart
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.items import Given


def plan_validations(parts: tuple[ValidationPart, ...], calendar: Calendar) -> Iterator[Act]:
    """Yield the opening, the work with its report, and the approval of each."""
    for part in parts:
        named: list[str] = []
        yield Act(calendar.moment(part.begun, Hours.ITEM), _open(part, named))
        yield Act(calendar.moment(part.reported, Hours.STEP), _report(part, named))
        yield Act(calendar.moment(part.approved, Hours.EDIT), _approve(part, named))


def _open(part: ValidationPart, named: list[str]) -> Perform:
    fields = {
        "title": part.title,
        "cause": part.cause,
        "owner": part.by,
        "due": part.due,
        "planned_from": part.begun,
        "person_days": part.person_days,
    }

    def perform(stage: Stage) -> None:
        given = Given(fields, (number_text(part.model),))
        named.append(items.open_item(stage.acting(part.planned_by), VALIDATION, given).id)

    return perform


def _report(part: ValidationPart, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        session = stage.acting(part.by)
        tier = models.show_model(session, number_text(part.model)).row.tier
        wanted = [one for one in Area if expectation(tier, one) is Expectation.REQUIRED]
        steps = [("start", {}), *(("judge", {"area": one, "light": "green"}) for one in wanted)]
        steps.append(("report", {"report": part.report, "conclusion": "green"}))
        for step, fields in steps:
            given = Given(fields, reason=part.why)
            items.take_step(session, VALIDATION, named[0], step, given)

    return perform


def _approve(part: ValidationPart, named: list[str]) -> Perform:
    given = Given({}, reason=f"Bericht {part.report} angenommen.")
    return lambda stage: items.take_step(
        stage.acting(part.planned_by), VALIDATION, named[0], "approve_report", given
    )
