"""Overlays: post-model adjustments, proposed, approved, recalculated, ended."""

from mlops_desktop.cli.items import item_group

command = item_group(
    "overlay", "Overlays: post-model adjustments, proposed, approved, recalculated, ended."
)
