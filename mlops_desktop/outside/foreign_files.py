"""What comes from others, read and unpacked within bounds: a declared length is no bound."""

import zlib
from pathlib import Path


class TooLarge(Exception):
    """There is more than was asked for."""


def read_within(path: Path, most: int) -> bytes:
    """Return what ``path`` holds; raises TooLarge past ``most`` bytes, and OSError.

    A device or a pipe has no size to ask for, so what counts is what is read.
    """
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLarge
    return content


def unpack_within(packed: bytes, most: int) -> bytes:
    """Return what zlib packed into ``packed``, one whole stream and nothing behind it.

    Raises TooLarge past ``most`` bytes before more than that is unpacked, zlib.error otherwise.
    """
    inflater = zlib.decompressobj()
    content = inflater.decompress(packed, most + 1)
    if len(content) > most:
        raise TooLarge
    if not inflater.eof or inflater.unused_data:
        raise zlib.error("no whole stream, or something behind it")
    return content
