"""Something that only a search for circles of objects ends."""

import threading


class Circle:
    """Ends only where a search finds it, and tells on which thread that was."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        self.itself = self
        self.ends = ends

    def __del__(self) -> None:
        self.ends.append(threading.current_thread())
