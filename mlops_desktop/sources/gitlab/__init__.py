"""GitLab: the pipelines of a project, and what their tests came to."""

from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Connection, Credentials, Description, Setting, Source, Tested


def _check(settings: tuple[Pair, ...]) -> None:
    from mlops_desktop.sources.rest import read_days

    read_days(Connection("", "gitlab", "", settings=settings), 90)


DESCRIPTION = Description(
    settings=(
        Setting("project", is_needed=True),
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
    from mlops_desktop.sources.gitlab.reader import open_source

    return open_source(connection, credentials, is_cancelled)
