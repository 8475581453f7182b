"""The list of requests: its columns, here and in the detail of a model."""

from mlops_desktop.services.reviews import RequestLine
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.approvals.said import say_environment, status_chip
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.text import later
from mlops_desktop.ui.widgets.chips import Status


def request_columns(context: Context) -> tuple[Column[RequestLine], ...]:
    """Return every column a list of requests can have."""
    return (*_subject(context), *_asking(context))


def _subject(context: Context) -> tuple[Column[RequestLine], ...]:
    def status(line: RequestLine) -> Status:
        waits, on_paper = line.is_waiting, line.on_paper
        return status_chip(context, line.status, is_waiting=waits, on_paper=on_paper)

    return (
        Column(
            "id", "models.field.request", lambda line: line.id, 9, muted=True, whole=True, key=True
        ),
        Column(
            "model",
            "models.field.name",
            lambda line: line.model_name,
            width=28,
            strong=True,
            flexible=True,
        ),
        Column(
            "status",
            "approvals.column.status",
            lambda line: status(line).word,
            width=25,
            status=status,
            key=True,
        ),
        Column("version", "models.field.version", lambda line: line.label, width=8),
    )


def _asking(context: Context) -> tuple[Column[RequestLine], ...]:
    def given(line: RequestLine) -> str:
        return context.say("approvals.column.given_of", given=line.given, needed=line.needed)

    return (
        Column(
            "environment",
            "models.field.environment",
            lambda line: say_environment(context, line.environment),
            width=12,
        ),
        Column(
            "entities",
            "entities.field",
            lambda line: ", ".join(line.entities),
            width=18,
            sortable=False,
            shown=False,
        ),
        Column("given", "approvals.column.given", given, 12),
        Column(
            "requested_at",
            "models.field.requested_at",
            lambda line: context.language.day_of(line.requested_at),  # the hour is in the detail
            width=11,
            whole=True,
            key=True,
        ),
        Column("requester", "models.field.requester", lambda line: line.requester, width=18),
        Column("model_id", "models.field.model_id", lambda line: line.model_id, 11, shown=False),
    )


LIST = ListSpec(
    "approvals",
    "approvals.title.page",
    request_columns,
    EmptyText(later("Nobody has asked for an approval yet."), "", "approvals"),
    ("status", "environment", "model", "requester"),
    (
        "approval.approve",
        "approval.condition",
        "approval.reject",
        "approval.abstain",
        "",
        "approval.revoke",
        "approval.withdraw",
        "",
        "approval.open_model",
    ),
)
