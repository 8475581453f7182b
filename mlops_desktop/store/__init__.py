"""The workspace database through SQLAlchemy: SQLCipher file or PostgreSQL."""
