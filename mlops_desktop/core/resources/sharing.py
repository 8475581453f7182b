"""What several models cost together, divided among them by a stated key, down to nothing left."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from mlops_desktop.core.events.series import Resource

KEYS = (Resource.GPU, Resource.CPU, Resource.MEMORY)
"""By what is divided: the first of these that every model requests; else in equal parts."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The parts of models, which are one together; ``key`` is None for equal parts."""

    key: Resource | None
    parts: Mapping[str, Fraction]


def share_out(models: tuple[str, ...], requested: Mapping[Resource, Mapping[str, float]]) -> Shares:
    """Divide among models by what they request of the first resource that is known of each.

    A request of nothing is a request: who asks for none pays none, if another asks for some.
    """
    for key in KEYS:
        asked = requested.get(key, {})
        known = {model: Fraction(asked[model]) for model in models if asked.get(model, -1.0) >= 0}
        total = sum(known.values(), Fraction(0))
        if len(known) == len(models) and total > 0:
            return Shares(key, {model: value / total for model, value in known.items()})
    return Shares(None, {model: Fraction(1, len(models)) for model in models})
