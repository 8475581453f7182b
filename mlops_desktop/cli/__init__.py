"""The command line: one file a noun, thin over services, English with ``--json`` for programs."""
