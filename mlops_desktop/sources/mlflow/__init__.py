"""MLflow 2.x and 3.x: registry, versions, and the runs they came from, over documented REST."""

from mlops_desktop.sources.base import Connection, Credentials, IsCancelled, Source


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.mlflow.reader import open_source

    return open_source(connection, credentials, is_cancelled)
