"""Whether anything may move by itself: asked by whatever would swing, slide or fade."""

_is_still = False


def is_still() -> bool:
    """Whether a person wants nothing to move by itself."""
    return _is_still


def keep_still(still: bool) -> None:
    """Let nothing move by itself, or let it again."""
    global _is_still
    _is_still = still
