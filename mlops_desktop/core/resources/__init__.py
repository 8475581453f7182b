"""What models consume: units, sides of a resource, shares, and where it is too much or idle."""
