"""The regression set of the library, and the runs over it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "trial_cases",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.Column("access", sa.String(length=20), nullable=False),
        sa.Column("expects", sa.String(length=12), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("added_by", NUMBER, nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("fk_trial_cases_added_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial_cases")),
    )
    with op.batch_alter_table("trial_cases", schema=None) as batch_op:
        batch_op.create_index("ix_trial_cases_state", ["state"], unique=False)
    op.create_table(
        "trial_runs",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("cause", sa.String(length=12), nullable=False),
        sa.Column("asked_by", NUMBER, nullable=True),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_trial_runs_asked_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial_runs")),
    )


def downgrade() -> None:
    op.drop_table("trial_runs")
    with op.batch_alter_table("trial_cases", schema=None) as batch_op:
        batch_op.drop_index("ix_trial_cases_state")
    op.drop_table("trial_cases")
