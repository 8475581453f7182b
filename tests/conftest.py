"""What holds for every test; each part says its own reason."""

pytest_plugins = [
    "tests.support.surroundings",
    "tests.support.leftovers",
    "tests.support.logs",
    "tests.support.postgres",
    "tests.support.mlflow",
]
