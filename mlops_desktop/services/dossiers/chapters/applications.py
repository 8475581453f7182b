"""Applications that use models."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 14
build = items_chapter("application")
