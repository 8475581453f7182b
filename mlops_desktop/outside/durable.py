"""Files that a power cut may not take: their bytes on the disk, and the names they go by."""

import errno
import os
import shutil
import sys
from pathlib import Path


def sync(path: Path) -> None:
    """Return when the disk has a file's bytes, or a folder's names.

    Windows orders names itself, and some shares cannot be asked for them.
    """
    is_folder = path.is_dir()
    if is_folder and sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError as error:
        if not is_folder or error.errno != errno.EINVAL:
            raise
    finally:
        os.close(handle)


def name_also(path: Path, other: Path) -> None:
    """Give a file a second name, or its bytes a second file where there are no second names."""
    try:
        os.link(path, other)
    except OSError:
        shutil.copyfile(path, other)
        sync(other)
