"""Limitations of models, and what users are told about them."""

from mlops_desktop.cli.items import item_group

command = item_group("limitation", "Limitations of models, and what users are told about them.")
