"""How long free text is kept: what a rule can name, from when on it goes, and what stays."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

AI_ACT = "eu-ai-act"
AI_ACT_MONTHS = 120
"""Ten years (Regulation (EU) 2024/1689, Article 18)."""


class Retained(StrEnum):
    """What a retention rule is about, and which day its months are counted from."""

    ITEMS = "items"
    """Items of the kinds named, since they were closed."""
    MODELS = "models"
    """Free text of models, since they were retired."""
    CANDIDATES = "candidates"
    """Candidates that were rejected, since then."""
    PERSONS = "persons"
    """Names of persons, since they were revoked."""
    DECISIONS = "decisions"
    """Decisions that were shown with personal data, since that day."""


class Keep(StrEnum):
    """Why something a rule names is not erased."""

    OPEN_ITEM = "open_item"
    OPEN_APPROVAL = "open_approval"
    MODEL_NOT_RETIRED = "model_not_retired"
    NOT_REJECTED = "not_rejected"
    NOT_REVOKED = "not_revoked"
    NOT_DUE = "not_due"
    CERTIFICATE = "certificate"
    OPEN_HANDOVER = "open_handover"
    OPEN_MEETING = "open_meeting"
    DELEGATION = "delegation"
    RULE = "rule"
    AI_ACT = "ai_act"
    SHARED = "shared"


def months_before(day: date, months: int) -> date:
    """Return the day so many months earlier, the month's last where it is shorter."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
