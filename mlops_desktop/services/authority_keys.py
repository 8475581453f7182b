"""The workspace's authority handed to a further custodian, so that it is not lost with one."""

from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside import certificates, person_keys, private_files
from mlops_desktop.services.enrolment import AUTHORITY
from mlops_desktop.services.key_files import read_key_file
from mlops_desktop.services.session import Ask, Session
from mlops_desktop.store.queries.authority import authority_of


def hand_authority(session: Session, path: Path, ask: Ask) -> None:
    """Write the authority as a PKCS#12 file under its passphrase.

    Alone it lets nobody in: an admission counts by the custodians' own signatures. Raises
    ``person_key.…``, ``authority_key.file_exists``.
    """
    content = person_keys.export_person_key(session.workspace.id, AUTHORITY, ask())
    if not private_files.create_outside(path, content):
        raise AppError("authority_key.file_exists", where=str(path), path=str(path))


def take_authority(session: Session, path: Path, ask: Ask) -> None:
    """Keep the authority of a PKCS#12 file in this profile, under the same passphrase.

    Raises ``key_file.…``, ``passphrase.…``, ``authority_key.other`` for another workspace's.
    """
    passphrase = ask()
    found = read_key_file(path, passphrase)
    with session.workspace.read() as view:
        known = certificates.read_certificate(authority_of(view))
    if found.certificate != known:
        raise AppError("authority_key.other", where=str(path), path=str(path))
    person_keys.store_person_key(session.workspace.id, AUTHORITY, found, passphrase)
