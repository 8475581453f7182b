"""The sections of the page Settings, one a file; found by their SECTION."""
