"""From frozen content to a signed archival PDF, and back to a verdict."""
