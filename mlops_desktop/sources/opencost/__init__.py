"""OpenCost: what models cost and use in a cluster, by the labels of their pods."""

from mlops_desktop.sources.base import (
    Connection,
    Credentials,
    Description,
    IsCancelled,
    Setting,
    Source,
    Tested,
)

DESCRIPTION = Description(
    settings=(
        Setting("labels", "model, model_version"),
        Setting("days", "30"),
        Setting("currency", "USD"),
    ),
    tested=Tested.RECORDED,
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.opencost.reader import open_source

    return open_source(connection, credentials, is_cancelled)
