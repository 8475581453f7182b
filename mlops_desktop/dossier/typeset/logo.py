"""The workspace's logo at the head of the cover; it says nothing, so it is an artifact."""

from PIL.Image import Image
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from mlops_desktop.dossier.typeset.tagging import artifact

_MOST_WIDTH = 220.0


class Logo(Flowable):
    """A picture of a height in points, narrower where it is too wide."""

    def __init__(self, picture: Image, height: float) -> None:
        super().__init__()
        self.picture = picture
        self.height = height
        self.spaceAfter = 10.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Draw it in its own proportions, upper left."""
        wide, high = self.picture.size
        scale = min(self.height / high, _MOST_WIDTH / wide)
        size = (wide * scale, high * scale)
        with artifact(self.canv):
            self.canv.drawImage(ImageReader(self.picture), 0, self.height - size[1], *size)
