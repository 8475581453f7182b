"""Waivers: rules that need not be kept for a time, and who granted that."""

from mlops_desktop.cli.items import item_group

command = item_group(
    "waiver", "Waivers: rules that need not be kept for a time, and who granted that."
)
