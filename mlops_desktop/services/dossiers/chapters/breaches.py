"""Breaches: every value beyond the threshold then in force, and what was done about it."""

from mlops_desktop.services.dossiers.breach_units import with_unit
from mlops_desktop.services.dossiers.items import items_chapter

ORDER = 37
build = items_chapter("breach", told=with_unit)
