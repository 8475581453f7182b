"""The service of Evidently from 0.7 (``evidently ui``): snapshots as results and measurements."""

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Connection, Credentials, Description, Setting, Source

DESCRIPTION = Description(
    settings=(
        Setting("model_key", "model"),
        Setting("version_key", "model_version"),
        Setting("project"),
        Setting("zone", "UTC"),
    ),
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.evidently.reader import open_source

    return open_source(connection, credentials, is_cancelled)
