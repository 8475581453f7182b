"""Classes of confidentiality in words; one that a bank named itself stands as it is."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.dossiers.offered import CLASSIFICATIONS


def say_class(context: Context, code: str) -> str:
    """Return what a class is called."""
    key = f"dossier.classification.{code}"
    return context.say(key) if key in context.language.words else code


def class_of(context: Context, said: str) -> str:
    """Return the class that a person calls so; what is none of ours is the bank's own."""
    known = {say_class(context, code).casefold(): code for code in CLASSIFICATIONS}
    return known.get(said.strip().casefold(), said.strip())
