"""Business decisions that models serve."""

from mlops_desktop.cli.items import item_group

command = item_group("business_decision", "Business decisions that models serve.")
