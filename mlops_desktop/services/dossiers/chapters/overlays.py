"""Overlays: post-model adjustments with an amount, a reason and an end."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 60
build = items_chapter("overlay")
