"""Prometheus, and what speaks its API: measurements, resources, alerts, rules, what runs."""

from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Connection, Credentials, Description, Setting, Source


def _check(settings: tuple[Pair, ...]) -> None:
    from mlops_desktop.sources.prometheus.choice import read_choice
    from mlops_desktop.sources.tenants import tenant_header

    connection = Connection("", "prometheus", "", settings=settings)
    read_choice(connection)
    tenant_header(connection)


DESCRIPTION = Description(
    settings=(
        Setting("step", "1h"),
        Setting("horizon", "30d"),
        Setting("label.model", "model, model_name, label_model"),
        Setting("label.version", "version, model_version, label_model_version"),
        Setting("label.environment", "environment, env, stage, label_environment"),
        Setting("environment"),
        Setting("without", "instance, pod, pod_name, container, node, endpoint, uid"),
        Setting("metrics"),
        Setting("alerts"),
        Setting("serving"),
        Setting("queries.*"),
        Setting("units.*"),
        Setting("kinds.*"),
        Setting("pods.*"),
        Setting("tenant"),
    ),
    check=_check,
)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader, which is imported only now; raises AppError as the reader does."""
    from mlops_desktop.sources.prometheus.reader import open_source

    return open_source(connection, credentials, is_cancelled)
