"""Servings as a kind of observed thing."""

from mlops_desktop.core.events.servings import ServingDetails, ServingMissed, ServingObserved
from mlops_desktop.core.observed.kinds import ObservedKind, register

SERVING = register(
    ObservedKind(
        "serving", "servings", ("deployments",), ServingDetails, ServingObserved, ServingMissed
    )
)
