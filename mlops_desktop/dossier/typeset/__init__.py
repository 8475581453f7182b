"""Setting text and tables without markup: what comes from data can only ever become glyphs."""
