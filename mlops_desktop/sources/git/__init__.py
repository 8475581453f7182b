"""A Git repository as a registry: GTO's tags, DVC's files, parameters and metrics."""

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import (
    AddressForm,
    Connection,
    Credentials,
    Description,
    Setting,
    Source,
)


def _forget(url: str) -> None:
    from mlops_desktop.outside.repositories.mirror import forget_mirror

    forget_mirror(url)


DESCRIPTION = Description(
    address=AddressForm.REPOSITORY,
    settings=(Setting("folders"),),
    forget=_forget,
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.git.reader import open_source

    return open_source(connection, credentials, is_cancelled)
