"""Vendors of models, with their contract and the way out of it."""

from mlops_desktop.cli.items import item_group

command = item_group("vendor", "Vendors of models, with their contract and the way out of it.")
