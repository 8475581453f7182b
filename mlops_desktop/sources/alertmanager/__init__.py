"""Prometheus' Alertmanager: which alerts are on, since when, and who silenced them."""

from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Connection, Credentials, Description, Setting, Source


def _check(settings: tuple[Pair, ...]) -> None:
    from mlops_desktop.sources.tenants import tenant_header

    tenant_header(Connection("", "alertmanager", "", settings=settings))


DESCRIPTION = Description(
    settings=(
        Setting("label.model", "model, model_name, label_model"),
        Setting("label.version", "version, model_version, label_model_version"),
        Setting("alerts"),
        Setting("tenant"),
    ),
    check=_check,
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.alertmanager.reader import open_source

    return open_source(connection, credentials, is_cancelled)
