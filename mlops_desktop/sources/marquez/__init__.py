"""Marquez: datasets, and the last runs of the jobs that read and write them."""

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Connection, Credentials, Description, Setting, Source, Tested

DESCRIPTION = Description(
    settings=(
        Setting("namespaces"),
        Setting("models.*"),
    ),
    tested=Tested.RECORDED,
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.marquez.reader import open_source

    return open_source(connection, credentials, is_cancelled)
