"""Connections that are changed: another address, another way there, another secret."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.sources import SourceEdited
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside import secrets
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.services.source_settings import check_settings
from mlops_desktop.services.sources import (
    NewSource,
    check_connection,
    forget_copies,
    forget_secret,
    kept_secret,
    probe_connection,
    secret_name,
)
from mlops_desktop.sources.observations import Probe
from mlops_desktop.store.queries import registry
from mlops_desktop.store.queries.registry import SourceRow


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """How a source is reached from now on.

    A ``secret`` of None keeps the one before where it still belongs, an empty one forgets it;
    ``settings`` of None keep those before.
    """

    url: str
    username: str | None = None
    ca_file: str | None = None
    proxy: str | None = None
    secret: str | None = field(default=None, repr=False)
    settings: tuple[Pair, ...] | None = None


def keeps_secret(row: SourceRow, wanted: SourceEdit) -> bool:
    """Whether the secret before still belongs: it is never sent to another server or as another."""
    return (_server(row.url), row.username) == (_server(wanted.url), wanted.username)


def edit_source(session: Session, name: str, wanted: SourceEdit) -> Recorded:
    """Reach a source in another way; a secret goes to the keyring, never into the ledger.

    What the reader of another address kept beside the workspace (a mirror) is taken away.
    Raises ``source.not_found``, ``source.nothing_changed``, ``source.url_refused``, ``keyring.…``.
    """
    with session.workspace.write(session.actor) as work:
        row = registry.get_source(work.connection, name)
        edited = _edited(row, wanted)
        if edited is None and wanted.secret is None:
            raise AppError("source.nothing_changed", name=name)
        # First the keyring: where it refuses, nothing is recorded.
        if wanted.secret:
            secrets.set(secret_name(session, name), wanted.secret)
        if edited is not None:
            work.record(edited)
    if wanted.secret == "" or (wanted.secret is None and not keeps_secret(row, wanted)):
        forget_secret(session, name)
    if row.url != wanted.url:
        forget_copies(row)
    return Recorded(name, work.changes)


def replace_secret(session: Session, name: str, secret: str) -> Recorded:
    """Keep another password or token for a source in the keyring; nothing of it is recorded.

    Raises ``source.secret_missing``, ``source.not_found``, ``keyring.…``.
    """
    if not secret:
        raise AppError("source.secret_missing", where="secret")
    with session.workspace.read() as view:
        registry.get_source(view.connection, name)
    secrets.set(secret_name(session, name), secret)
    return Recorded(name, Changes())


def probe_edit(
    session: Session,
    name: str,
    wanted: SourceEdit,
    held: str | None = None,
    is_cancelled: IsCancelled = lambda: False,
) -> Probe:
    """Try a connection as it would be, with the secret that it would have.

    ``held`` stands in for the keyring's.
    """
    with session.workspace.read() as view:
        row = registry.get_source(view.connection, name)
    secret = wanted.secret
    if secret is None and keeps_secret(row, wanted):
        secret = held or kept_secret(session, name)
    settings = row.settings if wanted.settings is None else wanted.settings
    tried = NewSource(
        row.kind, name, wanted.url, wanted.username, secret, wanted.ca_file, wanted.proxy, settings
    )
    return probe_connection(tried, is_cancelled)


def _edited(row: SourceRow, wanted: SourceEdit) -> SourceEdited | None:
    """Return the event of what differs, None where nothing does; raises ``source.url_refused``."""
    given = row.settings if wanted.settings is None else wanted.settings
    settings = check_settings(row.kind, given)
    now = (wanted.url, wanted.username, wanted.ca_file, wanted.proxy)
    if (*now, settings) == (row.url, row.username, row.ca_file, row.proxy, row.settings):
        return None
    check_connection(row.kind, row.name, wanted.url)
    return SourceEdited(row.name, *now, settings)


def _server(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()
