"""Tiles are laid once a width, and take another row where text is large."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.pages.overview.card import FigureCard
from mlops_desktop.ui.widgets.tiles import Tiles
from mlops_desktop.ui.window import Window


class CountedTiles(Tiles):
    """Counts how often it lays itself out."""

    laid = 0

    def _lay(self, rect: QRect, *, moves: bool) -> int:
        self.laid += 1
        return super()._lay(rect, moves=moves)


def test_tiles_are_laid_once_a_width_until_one_of_them_changes(plain: Window) -> None:
    ground, tiles = QWidget(plain), CountedTiles(5, 10)
    ground.setLayout(tiles)
    card, other = FigureCard(), FigureCard()
    for one in (card, other):
        one.show_figure("Models", "3", "", is_bad=False)
        tiles.addWidget(one)
    ground.show()
    tiles.laid = 0
    narrow, wide = tiles.heightForWidth(200), tiles.heightForWidth(600)
    assert narrow > wide
    assert (tiles.heightForWidth(200), tiles.heightForWidth(600)) == (narrow, wide)
    assert tiles.laid == 2
    card.show_figure("Models " * 40, "3", "", is_bad=False)
    assert tiles.heightForWidth(600) > wide
    card.hide()
    assert tiles.heightForWidth(200) == wide


def test_tiles_take_another_row_where_large_text_leaves_no_room(plain: Window) -> None:
    ground, tiles = QWidget(plain), Tiles(5, 10)
    ground.setLayout(tiles)
    cards = [FigureCard() for _ in range(6)]
    for card in cards:
        card.show_figure("Validated, never approved", "3", "", is_bad=False)
        tiles.addWidget(card)
    least = tiles.minimumSize().width()
    assert [tiles.in_a_row(width) for width in (least, 2 * least + 10, 9 * least)] == [1, 2, 5]
    ground.resize(2 * least + 10, tiles.heightForWidth(2 * least + 10))
    ground.show()
    places = [card.geometry() for card in cards]
    assert [place.x() for place in places[:3]] == [0, least + 10, 0]
    assert places[2].top() > places[1].bottom()
    assert max(place.bottom() for place in places) < ground.height()


def test_a_tile_s_frame_is_as_wide_at_every_side_where_the_screen_is_fine(plain: Window) -> None:
    card = FigureCard(plain)
    card.show_figure("Models", "3", "", is_bad=False)
    card.resize(200, 100)
    image = QImage(QSize(400, 200), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    image.fill(QColor("magenta"))
    card.render(image)
    edge = QColor(current_colors().edge).rgb()
    row = [image.pixel(x, 110) == edge for x in range(400)]
    column = [image.pixel(200, y) == edge for y in range(200)]
    assert [row[:3], row[-3:]] == [[True, True, False], [False, True, True]]
    assert [column[:3], column[-3:]] == [[True, True, False], [False, True, True]]
