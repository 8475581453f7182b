"""Waivers: rules that need not be kept for a time, granted by somebody independent."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 70
build = items_chapter("waiver")
