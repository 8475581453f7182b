"""The three column types that SQLite STRICT tables and PostgreSQL both keep exactly.

Booleans are 0 and 1; times, dates, decimals and JSON are text.
"""

from sqlalchemy import BigInteger, Integer, LargeBinary, Text

INTEGER = Integer().with_variant(BigInteger(), "postgresql")
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
BINARY = LargeBinary()
