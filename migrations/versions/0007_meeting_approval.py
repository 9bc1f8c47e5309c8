"""Since when, by whom and how the notices of a meeting were approved; meetings set before count as approved."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("approved_by", NUMBER, nullable=True))
        batch_op.add_column(sa.Column("approved_how", sa.String(length=12), nullable=False, server_default=""))
        batch_op.create_foreign_key("fk_meetings_approved_by_people", "people", ["approved_by"], ["id"])
    op.execute("UPDATE meetings SET approved_at = created_at, approved_by = created_by, approved_how = 'secretariat'")


def downgrade() -> None:
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_constraint("fk_meetings_approved_by_people", type_="foreignkey")
        batch_op.drop_column("approved_how")
        batch_op.drop_column("approved_by")
        batch_op.drop_column("approved_at")
