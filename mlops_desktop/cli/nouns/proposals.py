"""Proposals: go, no-go or change, before a model exists."""

from mlops_desktop.cli.items import item_group

command = item_group("proposal", "Proposals: go, no-go or change, before a model exists.")
