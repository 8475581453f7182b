"""Proposals: what is decided before a model exists; rejections stay on record."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 5
build = items_chapter("proposal")
