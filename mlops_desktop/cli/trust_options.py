"""The options by which one call names a level and who helps to reach it."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from mlops_desktop.core.signature_levels import Level

if TYPE_CHECKING:
    from mlops_desktop.services.trust_services import TrustServices

F = TypeVar("F", bound=Callable[..., Any])
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_PLACE = click.Path(path_type=Path, exists=True)


def level_option(default: Level, *, lowest: Level = Level.B) -> Callable[[F], F]:
    """Return the option that names a PAdES baseline level from ``lowest`` on."""
    names = [one.value for one in Level if one.reaches(lowest)]
    told = "PAdES baseline level; above b a time-stamp authority is asked."
    return click.option(
        "--level", type=click.Choice(names), default=default.value, show_default=True, help=told
    )


def services_options(function: F) -> F:
    """Add what stands in for the workspace's trust services, given as ``services``."""

    @wraps(function)
    def call(*given: Any, **named: Any) -> Any:
        told = {name: named.pop(name) for name in _NAMES}
        return function(*given, services=_read(**told), **named)

    for add in _OPTIONS:
        call = add(call)
    return cast("F", call)


_OPTIONS = (
    click.option("--tsa", metavar="URL", help="The time-stamp authority to ask."),
    click.option("--tsa-trust", type=_FILE, metavar="PEM", help="The roots it leads to."),
    click.option(
        "--signer-trust", type=_FILE, metavar="PEM", help="Roots of persons with other keys."
    ),
    click.option("--crl", type=_PLACE, help="A revocation list, or a folder of them."),
    click.option("--fetch", is_flag=True, help="Fetch revocation data where certificates say."),
    click.option("--ca-file", metavar="PEM", help="A CA more for https."),
    click.option("--proxy", metavar="URL", help="The proxy to go through."),
)
_NAMES = ("tsa", "tsa_trust", "signer_trust", "crl", "fetch", "ca_file", "proxy")


def _read(
    tsa: str | None,
    tsa_trust: Path | None,
    signer_trust: Path | None,
    crl: Path | None,
    *,
    fetch: bool,
    ca_file: str | None,
    proxy: str | None,
) -> "TrustServices | None":
    """Return what the options name; None where they name nothing."""
    from mlops_desktop.services.trust_services import TrustServices

    if not any((tsa, tsa_trust, signer_trust, crl, fetch)):
        return None
    roots, signers = _read_pem(tsa_trust), _read_pem(signer_trust)
    return TrustServices(tsa, roots, crl, fetch, ca_file, proxy, signers)


def _read_pem(file: Path | None) -> str:
    from mlops_desktop.services.root_files import read_root_file

    return read_root_file(file).decode("ascii", "replace") if file is not None else ""
