"""Business decisions that models serve, with the role of the model and the human override."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 12
build = items_chapter("business_decision")
