"""A QR code in the upper right corner of a page, drawn as vectors."""

import segno
from reportlab.platypus import Flowable

from mlops_desktop.dossier.typeset.ink import INK
from mlops_desktop.dossier.typeset.tagging import Element, box_of, marked


class QrCode(Flowable):
    """Takes no room: it stands right of what follows; ``told`` says in words what it holds."""

    def __init__(self, text: str, told: str, size: float) -> None:
        super().__init__()
        self.text = text
        self.told = told
        self.size = size

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size in the flow: none."""
        self.width = width
        return 0.0, 0.0

    def draw(self) -> None:
        """Draw every dark module; ISO/IEC 18004 with a seventh of it restorable."""
        canvas = self.canv
        matrix = segno.make(self.text, error="m", micro=False).matrix
        step = self.size / len(matrix)
        canvas.saveState()
        canvas.translate(self.width - self.size, -self.size)
        path = canvas.beginPath()
        for row, modules in enumerate(matrix):
            for column, is_dark in enumerate(modules):
                if is_dark:
                    path.rect(column * step, self.size - (row + 1) * step, step, step)
        with marked(canvas, Element("Figure", alt=self.told, box=box_of(canvas, *[self.size] * 2))):
            canvas.setFillColor(INK)
            canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()
