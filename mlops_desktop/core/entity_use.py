"""Legal entities as the rules see them: which of them a model in use serves."""

import re

from mlops_desktop.core.inventory import ModelDetails

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_entity_id(value: str) -> bool:
    """Tell whether a value names a registered entity; anything else is text of earlier times."""
    return _ID.fullmatch(value) is not None


def users_of(details: ModelDetails) -> tuple[str, ...]:
    """Return the ids of the registered entities a model is recorded as used by.

    Names typed before there was a register are left out: no approval can name them.
    """
    return tuple(value for value in details.used_by if is_entity_id(value))


def served_by(entity: str | None, details: ModelDetails) -> tuple[str | None, ...]:
    """Return the entities a deployment serves: the one it names, or all that use the model.

    Where neither is recorded it is one use without a name.
    """
    if entity is not None:
        return (entity,)
    return users_of(details) or (None,)
