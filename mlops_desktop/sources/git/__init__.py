"""A Git repository as a registry: GTO's tags, DVC's files, parameters and metrics."""

from mlops_desktop.sources.base import (
    AddressForm,
    Connection,
    Credentials,
    Description,
    IsCancelled,
    Setting,
    Source,
)

DESCRIPTION = Description(
    address=AddressForm.REPOSITORY,
    settings=(Setting("folders"), Setting("zone", "UTC")),
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.git.reader import open_source

    return open_source(connection, credentials, is_cancelled)
