"""OpenCost: what models cost and use in a cluster, by the labels of their pods."""

from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Connection, Credentials, Description, Setting, Source, Tested


def _check(settings: tuple[Pair, ...]) -> None:
    from mlops_desktop.sources.rest import read_days

    read_days(Connection("", "opencost", "", settings=settings), 30)


DESCRIPTION = Description(
    settings=(
        Setting("labels", "model, model_version"),
        Setting("days", "30"),
        Setting("currency", "USD"),
    ),
    tested=Tested.RECORDED,
    check=_check,
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.opencost.reader import open_source

    return open_source(connection, credentials, is_cancelled)
