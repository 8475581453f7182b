"""What models consume: read from series of resources, added up, charted, written as a table."""
