"""Legal entities: by which models are developed, which use them, which approvals name."""

from mlops_desktop.cli.items import item_group

command = item_group(
    "entity",
    "Legal entities: by which models are developed, which use them, which approvals name.",
    opening="add",
)
