"""The fields that every item has; a kind adds its own by inheritance, all of them optional."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from mlops_desktop.core.erasable import Erasable

PERSON = "person"
DECIMAL = "decimal"
MODEL = "model"
ENTITY = "entity"
LEI = "lei"
COUNTRY = "country"

PersonId = Annotated[str, PERSON]
"""The id of a person."""
DecimalText = Annotated[str, DECIMAL]
"""A decimal number as its shortest text."""
ModelId = Annotated[str, MODEL]
"""The id of a model."""
EntityId = Annotated[str, ENTITY]
"""The id of a legal entity."""
LeiText = Annotated[str, LEI]
"""A legal entity identifier (ISO 17442)."""
CountryCode = Annotated[str, COUNTRY]
"""A country by its two letters (ISO 3166-1)."""


@dataclass(frozen=True, slots=True)
class ItemDetails:
    """What every item says; None means not recorded. Free text can be erased."""

    title: Erasable | None = None
    description: Erasable | None = None
    owner: PersonId | None = None
    due: date | None = None
