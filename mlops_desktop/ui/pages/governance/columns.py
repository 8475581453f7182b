"""The list of items: its columns and what the filter line knows."""

from mlops_desktop.services.item_filtering import item_filter_keys
from mlops_desktop.services.items import ItemRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.governance.said import (
    due_status,
    due_text,
    say_kind,
    say_rank_in_brief,
    say_title,
    stage_status,
)
from mlops_desktop.ui.table import Column, EmptyText, ListSpec


def item_columns(context: Context) -> tuple[Column[ItemRow], ...]:
    """Return every column a list of items can have."""
    return (*_naming(context), *_standing(context))


def _naming(context: Context) -> tuple[Column[ItemRow], ...]:
    return (
        Column(
            "number",
            "item.field.number",
            lambda row: row.number,
            width=9,
            muted=True,
            whole=True,
            key=True,
        ),
        Column(
            "title",
            "item.field.title",
            lambda row: say_title(context, row),
            width=27,
            strong=True,
            flexible=True,
        ),
        Column("model", "item.field.model", lambda row: row.about, 14, sortable=False, named=True),
    )


def _standing(context: Context) -> tuple[Column[ItemRow], ...]:
    def opened(row: ItemRow) -> str:
        return context.language.date(row.opened)

    return (
        Column(
            "stage",
            "item.field.state",
            lambda row: stage_status(context, row).word,
            20,
            status=lambda row: stage_status(context, row),
            key=True,
        ),
        Column(
            "due",
            "item.field.due",
            lambda row: due_text(context, row),
            width=24,
            status=lambda row: due_status(context, row),
            key=True,
        ),
        Column("rank", "item.field.rank", lambda row: say_rank_in_brief(context, row), width=12),
        Column("owner", "item.field.owner", lambda row: row.owner, width=16),
        # Gives way first: the letter of the id tells the kind too.
        Column(
            "kind", "item.field.kind", lambda row: say_kind(context, row.kind), 16, sortable=False
        ),
        Column("opened", "item.field.opened", opened, width=12, muted=True, shown=False),
    )


LIST = ListSpec(
    "items",
    "item.title.page",
    item_columns,
    EmptyText("item.empty", "item.open", "findings"),
    tuple(key for key in item_filter_keys() if key != "scope"),
    ("item.step", "item.edit", "", "item.model"),
)
