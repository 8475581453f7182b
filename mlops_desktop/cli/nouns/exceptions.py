"""Exceptions: rules that are broken, and how that is settled."""

from mlops_desktop.cli.items import item_group

command = item_group("exception", "Exceptions: rules that are broken, and how that is settled.")
