"""The history of data in the window: as a graph, as a table, from wherever a page begins it."""
