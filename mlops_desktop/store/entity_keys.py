"""By what models are found that name a legal entity: a line for each, its field first."""

from mlops_desktop.core.entity_use import is_entity_id
from mlops_desktop.core.inventory import ENTITY_FIELDS, ModelDetails
from mlops_desktop.store.collation import sort_key


def to_text(details: ModelDetails) -> str | None:
    """Return the entities of a model as the text that filters look into."""
    lines = [f"{name} {_key(value)}" for name in ENTITY_FIELDS for value in _values(details, name)]
    return "\n" + "\n".join(lines) + "\n" if lines else None


def _values(details: ModelDetails, name: str) -> tuple[str, ...]:
    value = getattr(details, name)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _key(value: str) -> str:
    return value if is_entity_id(value) else sort_key(value)
