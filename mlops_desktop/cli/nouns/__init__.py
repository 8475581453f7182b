"""The commands, one file each: a module ``some_noun`` holds ``command`` and is ``some-noun``."""
