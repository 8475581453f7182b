"""Requests of audits and supervisors, with answers and documents."""

from mlops_desktop.cli.items import item_group

command = item_group("request", "Requests of audits and supervisors, with answers and documents.")
