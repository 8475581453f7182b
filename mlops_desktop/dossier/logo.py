"""The workspace's logo: a PNG, read with care, and as it is drawn."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from mlops_desktop.core.errors import AppError

_MOST_PIXELS = 4000
_WHITE = (255, 255, 255, 255)


def check_logo(data: bytes) -> None:
    """Raise ``dossier.logo_refused`` unless ``data`` is a PNG of a size that can be printed."""
    read_logo(data)


def read_logo(data: bytes) -> Image.Image:
    """Return the picture on white paper: a mask is no colour, and archives ask for colours.

    Raises ``dossier.logo_refused``.
    """
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as picture:
            if max(picture.size) > _MOST_PIXELS:
                raise _refused(f"{picture.width} × {picture.height}")
            seen = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise _refused(type(error).__name__) from None
    paper = Image.new("RGBA", seen.size, _WHITE)
    paper.alpha_composite(seen)
    return paper.convert("RGB")


def _refused(reason: str) -> AppError:
    return AppError("dossier.logo_refused", where="logo", reason=reason)
