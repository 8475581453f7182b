"""Applications that use models."""

from mlops_desktop.cli.items import item_group

command = item_group("application", "Applications that use models.")
