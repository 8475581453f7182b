"""The list of models: its columns and what the filter line knows."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from mlops_desktop.core.custom_fields import Field, FieldDefinition, FieldKind
from mlops_desktop.core.lifecycle import NOT_CURRENT
from mlops_desktop.services.filtering import filter_keys
from mlops_desktop.services.own_values import say_text
from mlops_desktop.services.rows import ModelRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.own import label_of, offered
from mlops_desktop.ui.pages.models.said import (
    review_status,
    review_text,
    row_approval,
    say_moment,
    say_source,
    state_status,
)
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.text import later


def _columns(context: Context) -> tuple[Column[ModelRow], ...]:
    return (*_identity(context), *_standing(context), *_origin(context))


def _identity(context: Context) -> tuple[Column[ModelRow], ...]:
    return (
        Column(
            "number", "models.field.id", lambda row: row.id, 8, muted=True, whole=True, key=True
        ),
        Column(
            "name",
            "models.field.name",
            lambda row: row.name,
            width=31,
            strong=True,
            flexible=True,
        ),
        Column(
            "state",
            "models.field.state",
            lambda row: state_status(context, row.state).word,
            width=16,
            status=lambda row: state_status(context, row.state),
            key=True,
        ),
        Column(
            "tier",
            "models.field.tier_short",
            lambda row: str(row.tier or ""),
            width=6,
            numeric=True,
        ),
        Column("owner", "models.field.owner", lambda row: owner_of(context, row), width=18),
    )


def owner_of(context: Context, row: ModelRow) -> str:
    """Return the owner; a model of the inventory without one says so."""
    is_owed = row.state not in NOT_CURRENT
    return row.owner or (context.say("models.gap.no_owner") if is_owed else "")


def _standing(context: Context) -> tuple[Column[ModelRow], ...]:
    return (
        Column(
            "approval",
            "models.field.approval",
            lambda row: row_approval(context, row).word,
            width=23,
            status=lambda row: row_approval(context, row),
            sortable=False,
        ),
        Column("serving", "models.field.serving", lambda row: row.serving, 9, sortable=False),
        Column(
            "next_review",
            "models.field.review_by",
            lambda row: review_text(context, row),
            width=20,
            status=lambda row: review_status(context, row),
            key=True,
        ),
    )


def _origin(context: Context) -> tuple[Column[ModelRow], ...]:
    return (
        Column(
            "source",
            "models.field.source",
            lambda row: say_source(context, row.source),
            width=12,
            sortable=False,
            shown=False,
        ),
        Column(
            "updated",
            "models.field.updated",
            lambda row: say_moment(context, row.updated_at),
            width=16,
            muted=True,
            shown=False,
        ),
    )


def own_columns(context: Context, own: Iterable[Field]) -> tuple[Column[ModelRow], ...]:
    """Return a column for each field of the workspace's own, hidden until somebody chooses it."""
    return tuple(_own_column(context, one) for one in offered(own))


def _own_column(context: Context, one: FieldDefinition) -> Column[ModelRow]:
    def text(row: ModelRow) -> str:
        held = next((pair.value for pair in row.own if pair.name == one.key), "")
        return say_text(one, held, context.language.code) if held else ""

    return Column(
        one.key,
        label_of(context, one),
        text,
        width=16,
        numeric=one.kind is FieldKind.NUMBER,
        shown=False,
    )


def list_of(own: Callable[[], Iterable[Field]]) -> ListSpec[ModelRow]:
    """Return the list with a column for each field of the workspace's own, whatever they are."""
    return replace(LIST, columns=lambda context: (*_columns(context), *own_columns(context, own())))


ROW_ACTIONS = (
    "approval.request",
    "model.edit",
    "model.change_many",
    "",
    "model.assess_tier",
    "model.override_tier",
    "model.end_override",
    "",
    "version.register",
    "deployment.open",
    "deployment.close",
    "",
    "model.validate",
    "model.rework",
    "model.suspend",
    "model.reactivate",
    "model.retire",
    "",
    "candidate.accept",
    "candidate.accept_many",
    "candidate.match",
    "candidate.reject",
    "",
    "model.export",
)

LIST = ListSpec(
    "models",
    "models.title.page",
    _columns,
    EmptyText(later("No model is here yet."), "model.register", "models"),
    tuple(key for key in filter_keys() if key != "scope"),
    ROW_ACTIONS,
)
