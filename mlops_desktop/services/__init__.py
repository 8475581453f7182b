"""One verb, one function: all the application can do, for window, command line and tests alike."""
