"""Which resource, and which side of it, a word in a table means."""

from mlops_desktop.core.events.series import Measure, Resource

_RESOURCES = {
    **{one.value: one for one in Resource},
    "processor": Resource.CPU,
    "prozessor": Resource.CPU,
    "ram": Resource.MEMORY,
    "arbeitsspeicher": Resource.MEMORY,
    "gpu memory": Resource.GPU_MEMORY,
    "gpu-speicher": Resource.GPU_MEMORY,
    "disk": Resource.STORAGE,
    "speicherplatz": Resource.STORAGE,
    "netz": Resource.NETWORK,
    "netzwerk": Resource.NETWORK,
    "energie": Resource.ENERGY,
    "strom": Resource.ENERGY,
    "power": Resource.ENERGY,
    "costs": Resource.COST,
    "kosten": Resource.COST,
}
_MEASURES = {
    **{one.value: one for one in Measure},
    "requests": Measure.REQUESTED,
    "angefordert": Measure.REQUESTED,
    "limit": Measure.ALLOCATED,
    "zugeteilt": Measure.ALLOCATED,
    "usage": Measure.USED,
    "genutzt": Measure.USED,
    "verbraucht": Measure.USED,
    "kapazität": Measure.CAPACITY,
    "prognose": Measure.FORECAST,
}


def resource_named(word: str) -> Resource | None:
    """Return the resource a word means, in English or German; None for any other word."""
    return _RESOURCES.get(word.strip().casefold())


def measure_named(word: str) -> Measure | None:
    """Return the side of a resource a word means, in English or German; None for any other."""
    return _MEASURES.get(word.strip().casefold())
