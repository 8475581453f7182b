"""GitHub: the workflow runs of a repository, and what their jobs came to."""

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
        Setting("repository", is_needed=True),
        Setting("branch"),
        Setting("days", "90"),
        Setting("about"),
    ),
    tested=Tested.RECORDED,
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.github.reader import open_source

    return open_source(connection, credentials, is_cancelled)
