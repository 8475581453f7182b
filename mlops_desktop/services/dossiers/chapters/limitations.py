"""Limitations of models; a critical one needs the text that users are shown."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 20
build = items_chapter("limitation")
