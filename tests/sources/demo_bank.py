"""The registry of the invented Elbmark Bank, as its data scientists would have filled it.

Metrics are those of the development sample. Gini is 2 · AUC - 1 wherever both are given.
"""

import hashlib
from dataclasses import dataclass, field

Metrics = dict[str, float]


@dataclass(frozen=True)
class Release:
    """A version: its number in the registry, the bank's own label, and the day it was made."""

    number: int
    label: str
    day: str
    metrics: Metrics = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    datasets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A registered model; ``metrics`` belong to the last release, earlier ones are a little worse.

    ``features`` are the inputs' columns; ``output`` is the name of what the model returns.
    """

    name: str
    text: str
    experiment: str
    tags: dict[str, str]
    developer: str
    features: tuple[str, ...]
    output: str
    params: dict[str, str]
    metrics: Metrics
    releases: tuple[Release, ...]
    aliases: dict[str, int]
    stages: dict[int, str] = field(default_factory=dict)
    script: str = "train.py"
    datasets: tuple[str, ...] = ()


# What is better when it is smaller.
_ERRORS = ("brier", "mape", "rmse", "psi", "error", "p95", "lgd_bias", "outliers", "hallucination")


def wiggle(*parts: object) -> float:
    """Return a number in [0, 1) that depends on ``parts`` alone."""
    digest = hashlib.sha256("/".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def metrics_of(entry: Entry, release: Release) -> Metrics:
    """Return the release's metrics: its own, or the entry's made worse by each later release."""
    age = entry.releases[-1].number - release.number
    found: Metrics = {}
    for name, value in (release.metrics or entry.metrics).items():
        drift = 0.0 if release.metrics else 0.006 * age * (0.5 + wiggle(entry.name, age, name))
        is_error = any(word in name for word in _ERRORS)
        found[name] = _rounded(value * (1 + drift if is_error else 1 - drift))
    if "auc" in found:
        found["gini"] = _rounded(2 * found["auc"] - 1)
    return found


def _rounded(value: float) -> float:
    return round(value, 4 if abs(value) < 10 else 2)


def team(owner: str, team: str, tier: int, **more: str) -> dict[str, str]:
    return {"owner": owner, "team": team, "tier": str(tier)} | more
