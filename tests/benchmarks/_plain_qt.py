"""The floors: plain Qt that shows as much as a page does, and does the least possible for it."""

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

_SIZE = (1440, 900)
_ROWS, _COLUMNS, _FACTS = 2_000, 8, 20


class PlainQt:
    """A window with two tables in a stack, and a detail made anew each time."""

    def __init__(self, app: QApplication, versions: int) -> None:
        self._app, self._versions = app, versions
        self.window = QMainWindow()
        self.stack = QStackedWidget()
        self.window.setCentralWidget(self.stack)
        self.table = _table(_ROWS)
        for table in (self.table, _table(_ROWS)):
            page = QWidget()
            column = QVBoxLayout(page)
            column.addWidget(QLabel("Heading"))
            column.addWidget(table)
            self.stack.addWidget(page)
        self.window.resize(*_SIZE)
        self.window.show()
        app.processEvents()

    def switch(self, at: int) -> None:
        """Show the other page."""
        self.stack.setCurrentIndex(at)

    def open_detail(self) -> None:
        """Show facts and a table of versions in tabs."""
        tabs, facts = QTabWidget(), QWidget()
        form = QFormLayout(facts)
        for number in range(_FACTS):
            form.addRow(f"Field {number}", QLabel(f"Value {number}"))
        tabs.addTab(facts, "Record")
        tabs.addTab(_table(self._versions), "Versions")
        tabs.setParent(self.window)
        tabs.setGeometry(700, 0, 700, 900)
        tabs.show()
        self._app.processEvents()
        tabs.deleteLater()

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.window.deleteLater()


def _table(rows: int) -> QTableView:
    model = QStandardItemModel(rows, _COLUMNS)
    for row in range(rows):
        for column in range(_COLUMNS):
            model.setItem(row, column, QStandardItem(f"Cell {row} {column}"))
    table = QTableView()
    table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    model.setParent(table)
    table.setModel(model)
    return table
