"""Vendors of models, with their contract and the way out of it."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 16
build = items_chapter("vendor")
