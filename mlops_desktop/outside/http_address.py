"""Where a source is and by which way it is reached: checked before anything is sent."""

import ssl
import urllib.request
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import httpx2
import truststore

from mlops_desktop.core.errors import AppError, Recovery


@dataclass(frozen=True, slots=True)
class Address:
    """The base address of a server with its path, an extra CA file and a proxy; no secret inside.

    Without ``proxy`` the system's own settings hold (HTTPS_PROXY, NO_PROXY, Windows, macOS).
    """

    url: str
    ca_file: str | None = None
    proxy: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


def split_base(url: str) -> SplitResult:
    """Return the checked parts of a base address, without query, fragment and closing slash.

    Raises AppError ``source.bad_address`` or ``source.address_holds_secret``.
    """
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError as error:
        raise AppError("source.bad_address", recovery=Recovery.CONFIGURATION) from error
    if parts.username is not None or parts.password is not None:
        raise AppError("source.address_holds_secret", recovery=Recovery.CONFIGURATION)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AppError("source.bad_address", recovery=Recovery.CONFIGURATION)
    return parts._replace(path=parts.path.rstrip("/"), query="", fragment="")


def open_tls(ca_file: str | None) -> ssl.SSLContext:
    """Return a context that trusts the system's store and, if given, the CA file as well.

    Raises AppError ``source.bad_ca_file`` for a file that cannot be read or holds no certificate.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError) as error:
            raise AppError(
                "source.bad_ca_file", recovery=Recovery.CONFIGURATION, where=ca_file, file=ca_file
            ) from error
    return context


def choose_proxy(base: SplitResult, configured: str | None) -> httpx2.Proxy | None:
    """Return the proxy for ``base``: the configured one, or the system's unless it is exempt.

    Raises AppError ``source.bad_proxy`` for anything but an http or https proxy.
    """
    found = configured or _system_proxy(base)
    if not found:
        return None
    try:
        named = found if "://" in found else f"http://{found}"
        _ = urlsplit(named).port
        proxy = httpx2.Proxy(named)
    except (httpx2.InvalidURL, ValueError) as error:
        raise AppError("source.bad_proxy", recovery=Recovery.CONFIGURATION) from error
    if proxy.url.scheme not in ("http", "https") or not proxy.url.host:
        raise AppError("source.bad_proxy", recovery=Recovery.CONFIGURATION)
    return proxy


def _system_proxy(base: SplitResult) -> str | None:
    host = base.hostname or ""
    if urllib.request.proxy_bypass(host if base.port is None else f"{host}:{base.port}"):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(base.scheme) or proxies.get("all")
