"""Names of the form fields that hold signatures."""

SEAL = "Seal"


def field_of(number: int) -> str:
    """Return the name of the field of the counter-signature ``number`` (from 1)."""
    return f"Countersignature{number}"
