"""Amazon SageMaker: model packages with approval and training, model cards, what serves.

The address is ``region`` or ``region/profile``; who reads is the SDK's own configuration.
"""

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
    from mlops_desktop.sources.sagemaker.bounds import bounds_of

    bounds_of(settings)


DESCRIPTION = Description(
    address=AddressForm.PROFILE,
    settings=(Setting("endpoint"), Setting("days", "90"), Setting("executions", "0")),
    extra="sagemaker",
    check=_check,
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.sagemaker.reader import open_source

    return open_source(connection, credentials, is_cancelled)
