"""The shrink guard: a listing that lost much at once is more likely cut than true.

A registry whose reader lost its rights answers with a complete and empty listing.
"""

_FEW = 3
_SHARE = 0.10


def is_suspicious(missing: int, present: int) -> bool:
    """Tell whether ``missing`` of ``present`` at once must wait for a person's confirmation."""
    if missing == 0:
        return False
    return missing == present > 1 or (missing > _FEW and missing > present * _SHARE)
