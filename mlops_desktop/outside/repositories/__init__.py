"""The one door to Git: the program alone, told to read, with nothing of the repository run."""
