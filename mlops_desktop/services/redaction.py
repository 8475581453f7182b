"""What people may be shown of a trace: no secret that the program was told."""

from mlops_desktop.outside.http_redaction import redact

__all__ = ["redact"]
