"""What processes hold."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class LeaseRow(Base):
    """A name that one process at a time holds."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]  #: empty: nobody's
    beat: Mapped[int]
