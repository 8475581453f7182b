"""Findings: from validation, audit or a supervisor to their closure."""

from mlops_desktop.cli.items import item_group

command = item_group("finding", "Findings: from validation, audit or a supervisor to closure.")
