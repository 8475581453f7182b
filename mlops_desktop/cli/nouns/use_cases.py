"""Uses of models, each with its business goal."""

from mlops_desktop.cli.items import item_group

command = item_group("use_case", "Uses of models, each with its business goal.")
