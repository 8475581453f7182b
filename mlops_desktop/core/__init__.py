"""What the business means: pure functions and frozen values, standard library only."""
