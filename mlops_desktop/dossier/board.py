"""From the board report's content to a tagged archival PDF, facts inside, unsigned."""

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.archive import Description, archive
from mlops_desktop.dossier.attachments import attach
from mlops_desktop.dossier.content import DossierContent
from mlops_desktop.dossier.evidence import facts_digest
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.board import print_pages, title_of
from mlops_desktop.dossier.pages.sheet import Sheet
from mlops_desktop.dossier.proofs import require_proved
from mlops_desktop.dossier.typeset.safety import safe


def build_board(content: DossierContent, words: Words) -> bytes:
    """Return the report as PDF/A-3a and PDF/UA-1 in the language of ``words``.

    Raises AppError ``dossier.proof_wrong`` for a proof that does not hold and
    ``evidence.malformed`` for facts outside their schema.
    """
    require_proved(content)
    files = attach(content)
    sheet = Sheet(content.document, content.facts, Language(words), files)
    document, as_of = content.document, content.facts.as_of
    day, known = sheet.language.day(as_of.as_at), sheet.language.day(as_of.as_known.date())
    about = Description(
        id=document.id,
        title=safe(title_of(sheet)),
        author=safe(document.created_by),
        subject=sheet.say("furniture.as_of", as_at=day, as_known=known),
        language=document.language,
        created_at=document.created_at,
        generator=document.generator,
        facts_digest=facts_digest(content.facts),
        is_draft=document.is_draft,
    )
    return archive(print_pages(sheet), files, about)
