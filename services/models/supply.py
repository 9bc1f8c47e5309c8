"""Supply and demand: posts of enterprises, batches of graduates, proposals between them, the tables that judge them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from services.models.base import Base, BigId
from services.models.members import Unit

OFFER_STATES = ("draft", "open", "partly", "filled", "withdrawn", "expired")


class _Offer:
    """What posts and batches share. A draft counts nowhere; `asked_at`: the one question whether it still stands."""

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    said: Mapped[str] = mapped_column(String(300), default="")  # the words it was read from, contact data masked
    headcount: Mapped[int | None]
    majors: Mapped[list[Any]]  # catalogue codes of six or four digits; empty in a post: any
    major_said: Mapped[str] = mapped_column(String(80), default="")
    certs: Mapped[list[Any]]
    is_public: Mapped[bool] = mapped_column(default=False)  # ticked by the unit: shown to the other side
    valid_to: Mapped[date | None]
    asked_at: Mapped[datetime | None]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    @declared_attr
    def unit(cls) -> Mapped[Unit]:  # noqa: N805  (SQLAlchemy calls it with the class)
        """The unit that it belongs to."""
        return relationship(lazy="joined")


class DemandPost(_Offer, Base):
    """An enterprise needs people: how many, for what, from when, for how long."""

    __tablename__ = "demand_posts"

    post_name: Mapped[str] = mapped_column(String(80), default="")
    post_type: Mapped[str] = mapped_column(String(20), default="")
    level: Mapped[str] = mapped_column(String(20), default="")  # the lowest that is accepted
    form: Mapped[str] = mapped_column(String(20), default="")
    start_from: Mapped[date | None]
    start_to: Mapped[date | None]
    months: Mapped[int | None]
    place: Mapped[str] = mapped_column(String(60), default="")
    pay_min: Mapped[int | None]
    pay_max: Mapped[int | None]
    conditions: Mapped[str] = mapped_column(String(120), default="")


class SupplyBatch(_Offer, Base):
    """A school's students of one major and year, as a count."""

    __tablename__ = "supply_batches"

    level: Mapped[str] = mapped_column(String(20), default="")
    class_year: Mapped[int | None]
    intern_from: Mapped[date | None]
    intern_to: Mapped[date | None]
    grad_date: Mapped[date | None]
    locked: Mapped[int] = mapped_column(default=0)  # signed or promised already
    further: Mapped[int] = mapped_column(default=0)  # expected to go on studying

    @property
    def available(self) -> int:
        """Who can still be placed."""
        return max(0, (self.headcount or 0) - self.locked - self.further)


class OfferVersion(Base):
    """A change of a post or batch: who, when, what it was and became. Never overwritten."""

    __tablename__ = "offer_versions"
    __table_args__ = (Index("ix_offer_versions_offer", "kind", "offer_id", "version"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))  # need, supply
    offer_id: Mapped[int] = mapped_column(BigId)
    version: Mapped[int]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class MatchProposal(Base):
    """A post and a batch that may fit; both units say yes or no for themselves. Counts only, never contacts."""

    __tablename__ = "match_proposals"
    __table_args__ = (UniqueConstraint("post_id", "batch_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("demand_posts.id", ondelete="CASCADE"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("supply_batches.id", ondelete="CASCADE"), index=True)
    tier: Mapped[str] = mapped_column(String(1))
    score: Mapped[int]
    headcount: Mapped[int]
    post_says: Mapped[str] = mapped_column(String(4), default="")  # yes, no
    batch_says: Mapped[str] = mapped_column(String(4), default="")
    post_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    batch_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    post: Mapped[DemandPost] = relationship(lazy="joined")
    batch: Mapped[SupplyBatch] = relationship(lazy="joined")


class SupplyTable(Base):
    """A version of a table that the secretariat loads: the catalogue of majors, or which majors an industry needs.

    `rows` are as loaded; a table counts from its approval on, the newest approved one of its kind.
    """

    __tablename__ = "supply_tables"
    __table_args__ = (UniqueConstraint("kind", "version"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))  # catalogue, industries
    version: Mapped[int]
    source: Mapped[str] = mapped_column(String(200), default="")
    rows: Mapped[list[Any]]
    loaded_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    loaded_at: Mapped[datetime]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]
    valid_from: Mapped[date | None]
