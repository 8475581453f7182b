"""How to verify this document without the people who made it."""

from hashlib import sha256

from mlops_desktop.dossier import standalone
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.flow import Heading, Text
from mlops_desktop.dossier.typeset.ink import INK
from mlops_desktop.dossier.typeset.lines import Style
from mlops_desktop.dossier.typeset.table import STRONG, Column, Table

_COMMAND = Style(fonts.MONO, 7.6, 12, INK)
_WAYS = ("program", "alone", "others", "attachments", "ledger")
_COMMANDS = {
    "program": "mlops-desktop dossier verify dossier.pdf --trust roots.pem",
    "alone": f"python {standalone.NAME} dossier.pdf --trust roots.pem",
    "others": "pdfsig dossier.pdf",
    "attachments": "pdfdetach -saveall dossier.pdf && sha256sum evidence.json",
}
_VERDICTS = ("valid", "untrusted", "indeterminate", "changed", "not_a_dossier", "damaged")


def build(sheet: Sheet) -> Story:
    """Return the ways to verify, what a verdict means, and what a seal does not say."""
    story: Story = [sheet.lead("verify.lead")]
    for way in _WAYS:
        story.append(Heading(sheet.say(f"verify.{way}_title"), 1, f"verify-{way}", outline=False))
        story.append(Text(sheet.say(f"verify.{way}")))
        if way in _COMMANDS:
            story.append(Text(_COMMANDS[way], _COMMAND, after=4))
        if way == "alone":
            digest = sha256(standalone.read()).hexdigest()
            story.append(Text(sheet.say("verify.alone_digest", digest=digest), _COMMAND, after=4))
    story.append(Heading(sheet.say("verify.verdicts"), 1, "verify-verdicts", outline=False))
    story.append(_verdicts(sheet))
    story.append(Heading(sheet.say("verify.level_title"), 1, "verify-level", outline=False))
    story.append(Text(sheet.say("verify.level")))
    return story


def _verdicts(sheet: Sheet) -> Table:
    columns = (Column("", 0.34, STRONG), Column("", 0.66))
    rows = [(sheet.say(f"verdict.{v}"), sheet.say(f"verdict_meaning.{v}")) for v in _VERDICTS]
    return Table(columns, rows, titles=False)
