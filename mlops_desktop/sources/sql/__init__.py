"""Databases read-only: named queries of one SELECT each, their columns mapped to facts."""

from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import (
    AddressForm,
    Connection,
    Credentials,
    Description,
    Setting,
    Source,
)


def _check(settings: tuple[Pair, ...]) -> None:
    from mlops_desktop.sources.sql.plan import read_plan

    read_plan(settings)


def _has_decisions(settings: tuple[Pair, ...]) -> bool:
    return any(one.name.startswith("facts.") and one.value == "decisions" for one in settings)


DESCRIPTION = Description(
    address=AddressForm.DATABASE,
    settings=(
        Setting("query.*", is_needed=True),
        Setting("facts.*"),
        Setting("map.*"),
        Setting("open.*"),
        Setting("zone", "UTC"),
        Setting("seconds", "60"),
    ),
    check=_check,
    has_decisions=_has_decisions,
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.sql.reader import open_source

    return open_source(connection, credentials, is_cancelled)
