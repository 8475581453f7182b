"""A watched folder: files that tools and teams drop there, recognised by what stands in them."""

from mlops_desktop.sources.base import AddressForm, Description, Setting
from mlops_desktop.sources.folder.reader import Folder, open_source

DESCRIPTION = Description(
    address=AddressForm.PATH,
    settings=(
        Setting("model"),
        Setting("version"),
        Setting("zone", "UTC"),
        Setting("numbers"),
        Setting("sheet"),
        Setting("unit"),
        Setting("column.model"),
        Setting("column.version"),
        Setting("column.metric"),
        Setting("column.value"),
        Setting("column.time"),
        Setting("column.segment.*"),
    ),
)

__all__ = ["DESCRIPTION", "Folder", "open_source"]
