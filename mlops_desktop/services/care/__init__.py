"""Backup, restore, moving, recovery and health of a workspace."""
