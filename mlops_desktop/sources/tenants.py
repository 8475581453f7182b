"""Whose measurements are asked for, where one address serves several tenants (Mimir, Cortex)."""

import re

from mlops_desktop.core.errors import AppError
from mlops_desktop.sources.base import Connection

# What Mimir takes, several joined by a bar; nothing of it can end a header.
_TENANT = re.compile(r"[A-Za-z0-9!_.*'()|-]{1,450}")


def tenant_header(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return the header that names the tenant, none where the setting ``tenant`` names none.

    Raises AppError ``prometheus.tenant_unreadable`` for what Mimir would not take.
    """
    told = connection.setting("tenant").strip()
    if told and not _TENANT.fullmatch(told):
        raise AppError("prometheus.tenant_unreadable", where="settings", name="tenant", value=told)
    return (("X-Scope-OrgID", told),) if told else ()
