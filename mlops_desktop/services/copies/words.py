"""The fate of an event in words, for whoever asks about copies."""

from mlops_desktop.services.fate_words import say_fate

__all__ = ["say_fate"]
