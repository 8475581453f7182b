"""From content and words to an archival PDF that is not yet sealed."""

from mlops_desktop.core.wording import Words
from mlops_desktop.core.work import QUIET, Work
from mlops_desktop.dossier.appendix import require_complete
from mlops_desktop.dossier.archive import Description, archive
from mlops_desktop.dossier.attachments import attach
from mlops_desktop.dossier.bundle.parts import print_parts
from mlops_desktop.dossier.checklist import checklist
from mlops_desktop.dossier.content import DossierContent, Scope
from mlops_desktop.dossier.evidence import facts_digest
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages import collection
from mlops_desktop.dossier.pages.press import print_pages, title_of
from mlops_desktop.dossier.pages.sheet import Sheet
from mlops_desktop.dossier.proofs import require_proved
from mlops_desktop.dossier.template import template_of
from mlops_desktop.dossier.typeset.safety import safe


def build(content: DossierContent, words: Words, work: Work = QUIET) -> bytes:
    """Return the dossier as PDF/A-3b, facts inside, in the language of ``words``.

    One about a single model is PDF/A-3a and PDF/UA-1 too: thousands of pages are not tagged.

    Raises AppError ``dossier.field_left_out`` for an incomplete record, ``dossier.proof_wrong``
    for a proof that does not hold, ``evidence.malformed`` for facts outside their schema, and
    ``dossier.cancelled`` where ``work`` was stopped.
    """
    is_model = content.document.scope is Scope.MODEL
    if is_model:
        require_complete(content.facts)
    require_proved(content)
    language = Language(words)
    files = (*attach(content), *checklist(content.facts, language))
    sheet = Sheet(content.document, content.facts, language, files, content.logo)
    if is_model:
        return archive(print_pages(sheet), files, _describe(sheet))
    parts = print_parts(content, language, work)
    printed = collection.print_pages(sheet, parts)
    return archive(printed, files, _describe(sheet), work.heard("dossier.binding"))


def _describe(sheet: Sheet) -> Description:
    document, facts = sheet.document, sheet.facts
    as_of = sheet.language.day(facts.as_of.as_at)
    known = sheet.language.day(facts.as_of.as_known.date())
    return Description(
        id=document.id,
        title=safe(title_of(sheet)),
        author=safe(document.created_by),
        subject=sheet.say("furniture.as_of", as_at=as_of, as_known=known),
        language=document.language,
        created_at=document.created_at,
        generator=document.generator,
        facts_digest=facts_digest(facts),
        is_draft=document.is_draft,
        template=template_of(sheet.language.words) if document.scope is Scope.MODEL else "",
    )
