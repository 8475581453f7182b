"""Findings about the model."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 40
build = items_chapter("finding")
