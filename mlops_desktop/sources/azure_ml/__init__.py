"""Azure Machine Learning: models of a workspace or registry; the address names it whole.

Read against recorded contracts: the forms of its answers are those its interface documents.
"""

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Connection, Credentials, Description, Source, Tested

DESCRIPTION = Description(tested=Tested.RECORDED)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.azure_ml.reader import open_source

    return open_source(connection, credentials, is_cancelled)
