"""What an event is about whose kind has no line of its own: by the names that its fields give.

For the ledger's readers alone: the dossier prints such events with columns of their own.
"""

_CALLED = ("pipeline", "step", "metric", "suite")
"""By which fields of its kind a thing of a source is known, in the order they are said."""


def tell_source(payload: object) -> str:
    """Return the source of an event and the thing it told of; "" for an event of no source."""
    source = getattr(payload, "source", None)
    if not isinstance(source, str):
        return ""
    return " / ".join((source, *_names(payload)))


def _names(payload: object) -> tuple[str, ...]:
    details = getattr(payload, "details", payload)
    called = _texts(details, *_CALLED) or _texts(details, "name") or _texts(payload, "native_id")
    return tuple(dict.fromkeys(called))


def _texts(one: object, *fields: str) -> list[str]:
    values = (getattr(one, field, None) for field in fields)
    return [value for value in values if isinstance(value, str) and value]
