"""What ``--json`` prints, noun by noun; keys may be added and never change their meaning."""
