"""Connections to sources: add, list, remove, test, and sync with the secrets kept for them."""

from dataclasses import dataclass, field, replace

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.sources import SourceAdded, SourceRemoved
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.work import IsCancelled, Report
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside import secrets
from mlops_desktop.outside.server_certificates import certificate_shown
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.services.source_settings import check_address, check_settings, describe_kind
from mlops_desktop.services.sync import SyncResult, sync_source
from mlops_desktop.sources import catalog
from mlops_desktop.sources.base import Connection, Credentials, Source
from mlops_desktop.sources.observations import Probe
from mlops_desktop.store.queries import registry
from mlops_desktop.store.queries.registry import SourceRow


@dataclass(frozen=True, slots=True)
class NewSource:
    """A connection to add; ``secret`` is a password with a username, a token without one."""

    kind: str
    name: str
    url: str
    username: str | None = None
    secret: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    proxy: str | None = None
    settings: tuple[Pair, ...] = ()


def list_sources(session: Session) -> tuple[SourceRow, ...]:
    """Return the sources in use, by name."""
    with session.workspace.read() as view:
        found = registry.list_sources(view.connection)
    return tuple(row for row in found if not row.is_removed)


def get_source(session: Session, name: str) -> SourceRow:
    """Return a source in use; raises ``source.not_found``."""
    with session.workspace.read() as view:
        return registry.get_source(view.connection, name)


def list_kinds() -> tuple[str, ...]:
    """Return the kinds of sources that can be added; a broken extension takes no other away."""
    return tuple(kind for kind in catalog.list_kinds() if _is_usable(kind))


def _is_usable(kind: str) -> bool:
    try:
        describe_kind(kind)
    except AppError:
        return False
    return True


def add_source(session: Session, wanted: NewSource) -> Recorded:
    """Configure a connection; a secret goes to the keyring, never into the ledger.

    Raises ``source.unknown_kind``, ``source.name_taken``, ``source.url_refused``,
    ``source.unknown_setting``, ``keyring.…``.
    """
    check_connection(wanted.kind, wanted.name, wanted.url)
    settings = check_settings(wanted.kind, wanted.settings)
    with session.workspace.write(session.actor) as work:
        for row in registry.list_sources(work.connection):
            if row.name == wanted.name and not row.is_removed:
                raise AppError("source.name_taken", where="name", name=wanted.name)
        # First the keyring: where it refuses, nothing is recorded.
        if wanted.secret:
            secrets.set(secret_name(session, wanted.name), wanted.secret)
        work.record(
            SourceAdded(
                clean_text(wanted.name),
                wanted.kind,
                wanted.url,
                wanted.username,
                wanted.ca_file,
                wanted.proxy,
                settings,
            )
        )
    return Recorded(wanted.name, work.changes)


def check_connection(kind: str, name: str, url: str) -> None:
    """Refuse what no source can be; raises ``source.…``."""
    if kind not in catalog.list_kinds():
        known = ", ".join(catalog.list_kinds())
        raise AppError("source.unknown_kind", where="kind", kind=kind, known=known)
    if not name.strip():
        raise AppError("source.name_missing", where="name")
    check_address(describe_kind(kind).address, url)


def remove_source(session: Session, name: str) -> Recorded:
    """Stop using a source and forget its secret; what it told stays."""
    with session.workspace.write(session.actor) as work:
        row = registry.get_source(work.connection, name)
        work.record(SourceRemoved(name))
    forget_secret(session, name)
    forget_copies(row)
    return Recorded(name, work.changes)


def forget_copies(row: SourceRow) -> None:
    """Take away what the reader kept beside the workspace, a mirror for one."""
    try:
        forget = describe_kind(row.kind).forget
    except AppError:
        return  # an extension that is not installed any more
    if forget is not None:
        forget(row.url)


def secret_name(session: Session, name: str) -> str:
    """Return the name of a source's secret in the keyring."""
    return f"source/{session.workspace.id}/{name}"


def open_source(
    session: Session, name: str, is_cancelled: IsCancelled, secret: str | None = None
) -> Source:
    """Open the reader of a configured source; ``secret`` stands in for the keyring's."""
    with session.workspace.read() as view:
        row = registry.get_source(view.connection, name)
    kept = secret or kept_secret(session, name)
    connection = Connection(row.name, row.kind, row.url, row.ca_file, row.proxy, row.settings)
    return catalog.open_source(connection, _credentials(row.username, kept), is_cancelled)


def kept_secret(session: Session, name: str) -> str | None:
    """Return the secret that the keyring keeps for a source."""
    return secrets.get(secret_name(session, name)) if secrets.is_available() else None


def forget_secret(session: Session, name: str) -> None:
    """Take a source's secret out of the keyring, where there is one."""
    if secrets.is_available():
        secrets.delete(secret_name(session, name))


def _credentials(username: str | None, secret: str | None) -> Credentials:
    if username is not None:
        return Credentials(username=username, password=secret or "")
    return Credentials(token=secret) if secret else Credentials()


def probe_connection(wanted: NewSource, is_cancelled: IsCancelled = lambda: False) -> Probe:
    """Try a connection before it is added."""
    check_connection(wanted.kind, wanted.name, wanted.url)
    settings = check_settings(wanted.kind, wanted.settings)
    connection = Connection(
        wanted.name, wanted.kind, wanted.url, wanted.ca_file, wanted.proxy, settings
    )
    credentials = _credentials(wanted.username, wanted.secret)
    source = catalog.open_source(connection, credentials, is_cancelled)
    try:
        return naming_certificate(source.probe(), wanted.url, wanted.proxy)
    finally:
        source.close()


def naming_certificate(probe: Probe, url: str, proxy: str | None) -> Probe:
    """Return a probe that says of which certificate a refusal speaks, if that can be seen."""
    doubts = [one for one in probe.failures if (one.reason or "").startswith("certificate")]
    shown = certificate_shown(url) if doubts and not proxy else None
    if shown is None:
        return probe
    named = tuple(replace(one, detail=shown) if one in doubts else one for one in probe.failures)
    return replace(probe, failures=named)


def probe_source(session: Session, name: str, secret: str | None = None) -> Probe:
    """Ask a configured source who we are to it and what we can see."""
    source = open_source(session, name, lambda: False, secret)
    (row,) = (one for one in list_sources(session) if one.name == name)
    try:
        return naming_certificate(source.probe(), row.url, row.proxy)
    finally:
        source.close()


def sync(
    session: Session,
    name: str,
    report: Report,
    is_cancelled: IsCancelled = lambda: False,
    *,
    secret: str | None = None,
    accept_shrink: bool = False,
) -> SyncResult:
    """Read a configured source and bring what differs into the ledger."""
    source = open_source(session, name, is_cancelled, secret)
    try:
        return sync_source(session, name, source, report, accept_shrink=accept_shrink)
    finally:
        source.close()
