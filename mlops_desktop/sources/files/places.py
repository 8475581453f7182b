"""Names of files as they are shown: nothing that hides, turns round or breaks a line."""

_MOST = 400


def escape(path: str) -> str:
    r"""Return a path with what no eye sees as escapes: ``\x80`` for a byte, ``\u202e`` for a sign.

    A long one keeps its end, which tells files apart.
    """
    shown = "".join(sign if sign.isprintable() else _escaped(sign) for sign in path)
    return shown if len(shown) <= _MOST else f"…{shown[1 - _MOST :]}"


def _escaped(sign: str) -> str:
    number = ord(sign)
    if 0xDC80 <= number <= 0xDCFF:  # a byte that is no UTF-8, as the system's calls hand it on
        return f"\\x{number - 0xDC00:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
