"""The four column types that SQLite STRICT tables and PostgreSQL both keep exactly.

Booleans are 0 and 1; times, dates, decimals and JSON are text.
"""

from sqlalchemy import REAL as SINGLE
from sqlalchemy import BigInteger, Double, Integer, LargeBinary, Text
from sqlalchemy.types import TypeEngine

INTEGER = Integer().with_variant(BigInteger(), "postgresql")
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
BINARY = LargeBinary()
REAL: TypeEngine[float] = SINGLE().with_variant(Double(), "postgresql")
"""A 64-bit float in both databases: REAL means 8 bytes to SQLite and 4 to PostgreSQL."""
