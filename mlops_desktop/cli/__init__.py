"""The command line: thin over services, one file a noun."""
