"""Checks as a kind of observed thing."""

from mlops_desktop.core.events.checks import CheckDetails, CheckObserved
from mlops_desktop.core.observed.kinds import ObservedKind, register

CHECK = register(ObservedKind("check", "checks", ("checks",), CheckDetails, CheckObserved))
