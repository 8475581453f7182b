"""Where data lies, as people write it: a registry tells it as JSON of its own."""

import json

_ADDRESSES = ("uri", "url", "path", "table_name", "table")


def address_of(told: str | None) -> str | None:
    """Return the address in what a source says of a dataset's place; what is no JSON as it is.

    MLflow gives an object with the address under a name that depends on the kind of the source.
    """
    if not told or not told.lstrip().startswith("{"):
        return told
    try:
        tree = json.loads(told)
    except ValueError:
        return told
    found = (tree.get(name) for name in _ADDRESSES) if isinstance(tree, dict) else iter(())
    return next((one for one in found if isinstance(one, str) and one), told)
