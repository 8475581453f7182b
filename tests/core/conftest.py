"""Properties here are never failed for being slow: the machine may be shared."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
