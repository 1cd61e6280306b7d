"""What we keep: SQLAlchemy over SQLite or PostgreSQL."""
