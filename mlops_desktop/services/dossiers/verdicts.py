"""What the summary of a model says first: its verdict, from its state as of the dates asked for."""

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.events.validations import ValidationDetails
from mlops_desktop.core.items.validations import FROM_PAPER
from mlops_desktop.core.model_verdict import Standing, Verdict, overall_light, verdict_of
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.standing import Status
from mlops_desktop.core.validations import Light
from mlops_desktop.services.area_lights import read_lights
from mlops_desktop.services.items import ItemRow, ItemSheet, read_item
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.versions import DeploymentRow
from mlops_desktop.store.unit_of_work import ReadSession

_UNAPPROVED = list(ExceptionRule).index(ExceptionRule.PRODUCTION_WITHOUT_APPROVAL)
_DONE = frozenset({"approved", FROM_PAPER})
_PRODUCTION = "production"


def read_verdict(
    sheet: ModelSheet, requests: tuple[RequestRow, ...], items: tuple[ItemRow, ...]
) -> Verdict:
    """Return the verdict on a model; ``requests`` are all about it, the newest first.

    ``items`` are the open ones about it.
    """
    decided = (row for row in requests if row.kind is Kind.PROMOTE and row.status not in _SILENT)
    last = next(decided, None)
    return verdict_of(
        Standing(
            sheet.row.state,
            sheet.row.approval,
            bool(serving(sheet)),
            any(row.kind == "exception" and row.rank == _UNAPPROVED for row in items),
            any(row.status is Status.CONDITIONAL for row in requests),
            last is not None and last.status is Status.REJECTED,
        )
    )


_SILENT = frozenset({Status.WITHDRAWN, Status.OPEN})


def serving(sheet: ModelSheet) -> tuple[DeploymentRow, ...]:
    """Return what runs in production."""
    return tuple(
        one for one in sheet.deployments if one.until is None and one.environment == _PRODUCTION
    )


def last_validation(view: ReadSession, model: str, as_of: AsOf) -> ItemSheet | None:
    """Return the validation of a model whose report was approved last, None where none was."""
    wanted = ItemFilter(("validation",), scope=ItemScope.CLOSED, models=(model,), as_of=as_of)
    done = [row for row in queries.list_items(view.connection, wanted) if row.stage in _DONE]
    last = max(done, key=lambda row: (row.closed or row.opened, row.number), default=None)
    return read_item(view, last.id, as_of) if last is not None else None


def light_of(view: ReadSession, sheet: ItemSheet, model: str, as_of: AsOf) -> Light | None:
    """Return the light of a validation as a whole; None where nobody judged anything."""
    details = sheet.state.details
    conclusion = details.conclusion if isinstance(details, ValidationDetails) else None
    areas = read_lights(view, sheet, as_of, model).areas
    return overall_light(conclusion, (one.light for one in areas))
