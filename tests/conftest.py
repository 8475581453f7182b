"""What holds for every test; each part says its own reason."""

pytest_plugins = [
    "tests.support.garbage",
    "pytester",
    "tests.support.ordering",
    "tests.support.surroundings",
    "tests.support.leftovers",
    "tests.support.logs",
    "tests.support.canaries",
    "tests.support.properties",
    "tests.support.screen",
    "tests.support.postgres",
    "tests.support.mlflow",
    "tests.support.moto",
    "tests.support.bank",
    "tests.support.team",
    "tests.support.keyrings",
    "tests.support.stretching",
    "tests.support.demo",
]
