"""The pages: each file that has a PAGE shows itself in the rail; the window knows none."""
