"""Experiments: what was fixed beforehand, and the result with its uncertainty."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 67
build = items_chapter("experiment")
