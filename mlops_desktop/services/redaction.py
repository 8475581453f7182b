"""What people may be shown of a mistake: no secret that the program was told."""

import traceback

from mlops_desktop.outside.http_redaction import redact


def tell_trace(error: BaseException) -> str:
    """Return an exception with its trace, secrets hidden."""
    return redact("".join(traceback.format_exception(error)))
