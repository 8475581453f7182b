"""What sources tell against the inventory: listed as of any date, told as exceptions, settled."""
