"""The summary: the verdict in large type, then what it rests on, each line with its page."""

from mlops_desktop.dossier.content import Chapter
from mlops_desktop.dossier.pages import chapter
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.flow import Text
from mlops_desktop.dossier.typeset.ink import INK, LEAD
from mlops_desktop.dossier.typeset.lines import Style

NAME = "summary"
_VERDICT = Style(fonts.BOLD, 15, 20, INK)


def build(sheet: Sheet, found: Chapter) -> Story:
    """Return the verdict and the parts; the first part holds the verdict and what it means."""
    story: Story = [sheet.lead(f"{NAME}.lead")]
    for number, part in enumerate(found.parts if isinstance(found.parts, tuple) else ()):
        if number:
            story += chapter.print_part(sheet, part, f"{NAME}-{number}")
            continue
        verdict, meaning = (sheet.language.values(field.values) for field in part.fields)
        story += [Text(verdict, _VERDICT, before=4, after=3), Text(meaning, LEAD, after=10)]
    return story
