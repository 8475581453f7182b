"""Weights & Biases: collections of an organisation's registries, and what they link to.

Read against recorded contracts: the forms of its answers are those its interface documents.
"""

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Connection, Credentials, Description, Setting, Source, Tested

DESCRIPTION = Description(
    settings=(Setting("organization", is_needed=True),), tested=Tested.RECORDED
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.wandb.reader import open_source

    return open_source(connection, credentials, is_cancelled)
