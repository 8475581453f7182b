"""GitHub: the workflow runs of a repository, and what their jobs came to."""

from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Connection, Credentials, Description, Setting, Source, Tested


def _check(settings: tuple[Pair, ...]) -> None:
    from mlops_desktop.sources.rest import read_days

    read_days(Connection("", "github", "", settings=settings), 90)


DESCRIPTION = Description(
    settings=(
        Setting("repository", is_needed=True),
        Setting("branch"),
        Setting("days", "90"),
        Setting("about"),
    ),
    tested=Tested.RECORDED,
    check=_check,
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.github.reader import open_source

    return open_source(connection, credentials, is_cancelled)
