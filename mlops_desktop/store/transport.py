"""The way to a team's server: over a network only with TLS that proves who answers."""

import ipaddress
import os
from pathlib import Path

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError, Recovery

_FULL = "verify-full"


def secured(url: sa.URL) -> sa.URL:
    """Return the address with ``sslmode=verify-full`` where it leads over a network.

    The system's authorities are asked where the address names no file of its own. Raises
    ``workspace.tls_too_weak`` for an address that asks for less. A local socket and this computer
    itself, where a tunnel may end, are left as they are.
    """
    if is_local(url):
        return url
    mode = _told(url, "sslmode", "PGSSLMODE") or _FULL
    if mode != _FULL:
        shown = url.set(drivername="postgresql").render_as_string(hide_password=True)
        told = {"path": shown, "mode": mode}
        raise AppError(
            "workspace.tls_too_weak", recovery=Recovery.CONFIGURATION, where=shown, **told
        )
    wanted = {"sslmode": _FULL}
    if not _told(url, "sslrootcert", "PGSSLROOTCERT") and not _own_authorities().is_file():
        wanted["sslrootcert"] = "system"
    return url.update_query_dict(wanted)


def is_local(url: sa.URL) -> bool:
    """Tell whether every server of the address is reached without a network."""
    hosts = _hosts(url)
    return all(host.startswith(("/", "@")) or _is_loopback(host) for host in hosts)


def _hosts(url: sa.URL) -> list[str]:
    told = url.query.get("host", ())
    several = [told] if isinstance(told, str) else list(told)
    given = [*([url.host] if url.host else []), *several]
    hosts = [host for part in given for host in part.split(",")]
    named = hosts or [part for part in os.environ.get("PGHOST", "").split(",") if part]
    return [name if name.startswith(("/", "@")) else _without_port(name) for name in named]


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host if host.count(":") > 1 else host.partition(":")[0]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _told(url: sa.URL, name: str, variable: str) -> str:
    told = url.query.get(name, os.environ.get(variable, ""))
    return told if isinstance(told, str) else told[-1]


def _own_authorities() -> Path:
    return Path.home() / ".postgresql" / "root.crt"
