"""Uses of models, each with its business goal; approved and observed use are compared."""

from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 10
build = items_chapter("use_case")
