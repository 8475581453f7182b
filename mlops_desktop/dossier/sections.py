"""The sections of one model's dossier, in an order auditors know, and which are always there."""

ALWAYS = frozenset(
    {
        "document_control",
        "summary",
        "inventory",
        "ledger",
        "blind_spots",
        "attachments",
        "signatures",
        "verification",
    }
)
"""What no choice leaves out: what a dossier is, what it rests on, and how it is checked."""

BEGINNING = (
    *("document_control", "summary", "inventory", "vendors", "entities", "model_links"),
    *("proposals", "attestations", "tiering", "use_cases", "applications", "servings"),
    *("limitations", "data_history", "datasets", "versions", "deployments", "permits"),
    *("metrics", "experiments", "business_goals", "business_decisions", "feedback"),
    *("monitoring", "breaches"),
    *("incidents", "resources", "tests", "findings", "exceptions", "waivers", "overlays"),
    *("validations", "approvals", "conditions", "meetings", "recusals", "permissions"),
    *("emergencies", "changes", "requests"),
)
#: A chapter that stands in neither list comes between them.
END = (
    *("regulation", "documents", "ledger", "blind_spots", "attachments", "signatures"),
    *("verification", "glossary"),
)
PAGES = (
    *("inventory", "versions", "deployments", "datasets", "metrics", "approvals"),
    *("ledger", "blind_spots", "attachments", "signatures", "verification", "glossary"),
)
"""Sections that are no chapters: each has facts and pages of its own."""


def place(name: str) -> tuple[int, int]:
    """Return where a section stands among all."""
    if name in BEGINNING:
        return 0, BEGINNING.index(name)
    return (2, END.index(name)) if name in END else (1, 0)
