"""Units of resources: how a source's word turns into one that can be summed, never mixed."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mlops_desktop.core.events.series import Resource


class Form(StrEnum):
    """How values of a unit come together over time."""

    LEVEL = "level"
    """A state: averaged over the time it was measured."""
    AMOUNT = "amount"
    """So much in the time a point stands for: summed."""
    RATE = "rate"
    """So much an hour: multiplied by the time it was measured, then summed."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a value is counted in: ``name`` is shown, a value times ``factor`` is in it."""

    name: str
    form: Form
    factor: Fraction = Fraction(1)

    @property
    def is_total(self) -> bool:
        """Whether a period has a total of it rather than an average."""
        return self.form is not Form.LEVEL


_BINARY = ("", "ki", "mi", "gi", "ti", "pi")
_DECIMAL = ("", "k", "m", "g", "t", "p")
_GIB, _TB = 2**30, 10**12
_BYTES = (
    {f"{prefix}b": Fraction(1024) ** n for n, prefix in enumerate(_BINARY)}
    | {f"{prefix}b": Fraction(1000) ** n for n, prefix in enumerate(_DECIMAL)}
    | {"bytes": Fraction(1), "byte": Fraction(1)}
    | {prefix: Fraction(1024) ** n for n, prefix in enumerate(_BINARY) if n}
)
_CORES = {
    "": Fraction(1), "core": Fraction(1), "cores": Fraction(1), "cpu": Fraction(1),
    "cpus": Fraction(1), "vcpu": Fraction(1), "vcpus": Fraction(1),
    "m": Fraction(1, 1000), "millicores": Fraction(1, 1000), "mcpu": Fraction(1, 1000),
}  # fmt: skip
_GPUS = {"": Fraction(1), "gpu": Fraction(1), "gpus": Fraction(1)}
_PERCENT = {"%": Fraction(1), "percent": Fraction(1), "ratio": Fraction(100)}
_ENERGY = {"wh": Fraction(1, 1000), "kwh": Fraction(1), "mwh": Fraction(1000),
           "j": Fraction(1, 3_600_000), "joule": Fraction(1, 3_600_000),
           "joules": Fraction(1, 3_600_000)}  # fmt: skip
_POWER = {"w": Fraction(1, 1000), "watt": Fraction(1, 1000), "watts": Fraction(1, 1000),
          "kw": Fraction(1)}  # fmt: skip
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
_PER_HOUR = {
    "h": Fraction(1), "hour": Fraction(1), "hr": Fraction(1), "d": Fraction(1, 24),
    "day": Fraction(1, 24), "s": Fraction(3600), "second": Fraction(3600),
    "min": Fraction(60), "minute": Fraction(60),
}  # fmt: skip
_CURRENCY = re.compile(r"[A-Za-z]{3}")


def unit_of(resource: Resource, told: str | None) -> Unit:
    """Return the unit a source's word means; an unknown word stays a unit of its own.

    Costs keep their currency: nothing is converted between currencies. Energy comes as work
    (kWh) or as power, which is so much work an hour.
    """
    word = (told or "").strip()
    if resource is Resource.COST:
        return _money(word)
    small = word.casefold()
    if small in _PERCENT:
        return Unit("%", Form.LEVEL, _PERCENT[small])
    if resource is Resource.ENERGY and small in _ENERGY:
        return Unit("kWh", Form.AMOUNT, _ENERGY[small])
    if resource is Resource.ENERGY and small in _POWER:
        return Unit("kWh", Form.RATE, _POWER[small])
    known, name, part = _level(resource)
    if small in known:
        return Unit(name, Form.LEVEL, known[small] / part)
    return Unit(word, Form.LEVEL)


def _level(resource: Resource) -> tuple[dict[str, Fraction], str, int]:
    match resource:
        case Resource.CPU:
            return _CORES, "cores", 1
        case Resource.GPU:
            return _GPUS, "GPUs", 1
        case Resource.STORAGE:
            return _BYTES, "TB", _TB
        case Resource.MEMORY | Resource.GPU_MEMORY:
            return _BYTES, "GiB", _GIB
    return {}, "", 1


def _money(word: str) -> Unit:
    currency, slash, per = word.partition("/")
    currency = _SIGNS.get(currency.strip(), currency.strip())
    if _CURRENCY.fullmatch(currency):
        currency = currency.upper()
    if not slash:
        return Unit(currency, Form.AMOUNT)
    rate = _PER_HOUR.get(per.strip().casefold())
    return Unit(currency, Form.RATE, rate) if rate is not None else Unit(word, Form.LEVEL)
