"""Validations of the model, with the light of each area."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 30
build = items_chapter("validation")
