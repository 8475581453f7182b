"""Folders that a service copies to other computers: it may copy a database half written.

SQLite's file and its journal belong together (sqlite.org/howtocorrupt.html, 1.4); a service that
copies each on its own can put an old journal beside a new file.
"""

import os
from pathlib import Path

_NAMES = (
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("icloud", "iCloud Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
    ("sharepoint", "SharePoint"),
    ("box sync", "Box"),
    ("syncthing", "Syncthing"),
    ("seafile", "Seafile"),
    ("magentacloud", "MagentaCLOUD"),
)
_MARKS = (
    (".dropbox", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".sync_", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
)
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def synced_by(folder: Path) -> str | None:
    """Return the service that seems to copy a folder; None where none is recognised.

    It is told by the names of folders, by marks that services leave, and by Windows' variables.
    """
    around = (folder, *folder.parents)
    for variable in _VARIABLES:
        root = os.environ.get(variable)
        if root and Path(root) in around:
            return "OneDrive"
    for one in around:
        name = one.name.casefold()
        for start, service in _NAMES:
            if name.startswith(start):
                return service
        for mark, service in _MARKS:
            if (one / mark).exists():
                return service
    return None
