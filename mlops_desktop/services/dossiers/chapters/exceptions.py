"""Exceptions: rules that are broken, opened by the program or by a person."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 50
build = items_chapter("exception")
