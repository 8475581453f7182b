"""GitLab: the pipelines of a project, and what their tests came to."""

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
        Setting("project", is_needed=True),
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
    from mlops_desktop.sources.gitlab.reader import open_source

    return open_source(connection, credentials, is_cancelled)
