"""Amazon SageMaker: groups of model packages, their approval, model cards, and what serves.

The address is ``region`` or ``region/profile``; who reads is the SDK's own configuration.
"""

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
    address=AddressForm.PROFILE, settings=(Setting("endpoint"),), extra="sagemaker"
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.sagemaker.reader import open_source

    return open_source(connection, credentials, is_cancelled)
