"""The widgets of cards: one for each kind a role can have."""
