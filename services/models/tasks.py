"""The plan's targets as imported, and what was reported for them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from services.models.base import Base, BigId


class PlanTarget(Base):
    """One target. `row` is the line as the table gave it; `retired_at` when a later table no longer has it."""

    __tablename__ = "plan_targets"
    __table_args__ = (Index("ix_plan_targets_task", "task"),)

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int]
    task: Mapped[int | None]
    key: Mapped[str] = mapped_column(String(80))
    row: Mapped[dict[str, Any]]
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    imported_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class TargetReport(Base):
    """What stands reached for a target from a day on; the latest up to a day counts for that day."""

    __tablename__ = "target_reports"
    __table_args__ = (Index("ix_target_reports_code", "code", "reported_on", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey("plan_targets.code", ondelete="CASCADE"))
    reported_on: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    percent: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    done: Mapped[bool] = mapped_column(default=False)
    evidence: Mapped[str] = mapped_column(String(300), default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
