"""A watched folder: files that tools and teams drop there, recognised by what stands in them."""

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


def _has_decisions(settings: tuple[Pair, ...]) -> bool:
    return any(one.name == "decision.reference" for one in settings)


DESCRIPTION = Description(
    address=AddressForm.PATH,
    settings=(
        Setting("model"),
        Setting("version"),
        Setting("zone", "UTC"),
        Setting("numbers"),
        Setting("sheet"),
        Setting("unit"),
        Setting("column.model"),
        Setting("column.version"),
        Setting("column.metric"),
        Setting("column.value"),
        Setting("column.time"),
        Setting("column.application"),
        Setting("column.warning"),
        Setting("column.intervention"),
        Setting("column.verdict"),
        Setting("column.environment"),
        Setting("column.unit"),
        Setting("column.resource"),
        Setting("column.measure"),
        Setting("column.segment.*"),
        Setting("decision.*"),
    ),
    has_decisions=_has_decisions,
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.folder.reader import open_source

    return open_source(connection, credentials, is_cancelled)
