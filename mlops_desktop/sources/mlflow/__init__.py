"""MLflow 2.x and 3.x: the registry, the runs behind it, their data and what was measured of them.

``system_metrics`` is how many requests a reading may make for what training used, ``traces`` how
many pages of traces it may read for their names; 0 reads none.
"""

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Connection, Credentials, Description, Setting, Source
from mlops_desktop.sources.mlflow.bounds import check_bounds

DESCRIPTION = Description(
    settings=(Setting("system_metrics", "100"), Setting("traces", "0")), check=check_bounds
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.mlflow.reader import open_source

    return open_source(connection, credentials, is_cancelled)
