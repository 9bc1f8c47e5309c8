"""Registers: days instead of instants, what a row is as columns, every change of a row as a version."""

import json
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = (("period", 7), ("level", 20), ("stage", 20), ("majors", 200), ("closed_period", 7))
DAYS = ("began_on", "ends_on")


def upgrade() -> None:
    with op.batch_alter_table("register_rows", schema=None) as batch_op:
        batch_op.drop_index("ix_register_rows_unit")
        for name, length in TEXTS:
            batch_op.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("reminded_for", sa.Date(), nullable=True))
        for name in DAYS:
            batch_op.alter_column(
                name,
                existing_type=sa.DateTime(timezone=True),
                type_=sa.Date(),
                postgresql_using=f"({name} AT TIME ZONE 'UTC')::date",
            )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("UPDATE register_rows SET began_on = substr(began_on, 1, 10), ends_on = substr(ends_on, 1, 10)")
    _facts_to_columns()
    with op.batch_alter_table("register_rows", schema=None) as batch_op:
        for name, _ in (*TEXTS, ("version", 0)):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_index("ix_register_rows_unit", ["unit_id", "register", "period"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_rows_submission_id"), ["submission_id"], unique=False)
    op.create_table(
        "register_versions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("row_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by", BIG, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_register_versions_by_people")),
        sa.ForeignKeyConstraint(
            ["row_id"], ["register_rows.id"], name=op.f("fk_register_versions_row_id_register_rows"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_versions")),
    )
    with op.batch_alter_table("register_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_versions_row_id"), ["row_id"], unique=False)


def downgrade() -> None:
    op.drop_table("register_versions")
    _columns_to_facts()
    with op.batch_alter_table("register_rows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_register_rows_submission_id"))
        batch_op.drop_index("ix_register_rows_unit")
        for name, _ in (*TEXTS, ("version", 0), ("reminded_for", 0)):
            batch_op.drop_column(name)
        for name in DAYS:
            batch_op.alter_column(
                name,
                existing_type=sa.Date(),
                type_=sa.DateTime(timezone=True),
                postgresql_using=f"{name}::timestamp AT TIME ZONE 'UTC'",
            )
        batch_op.create_index("ix_register_rows_unit", ["register", "unit_id", "began_on"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        midnight = "' 00:00:00.000000'"
        op.execute(f"UPDATE register_rows SET began_on = began_on || {midnight}, ends_on = ends_on || {midnight}")  # noqa: S608


def _facts_to_columns() -> None:
    bind = op.get_bind()
    for number, facts in _all_facts():
        values = {"period": str(facts.pop("period", ""))[:7], "majors": str(facts.pop("majors", ""))[:200]}
        bind.execute(
            sa.text("UPDATE register_rows SET period = :period, majors = :majors, facts = :facts WHERE id = :id"),
            {**values, "facts": json.dumps(facts, ensure_ascii=False), "id": number},
        )


def _columns_to_facts() -> None:
    bind = op.get_bind()
    columns = {
        number: (period, majors)
        for number, period, majors in bind.execute(sa.text("SELECT id, period, majors FROM register_rows"))
    }
    for number, facts in _all_facts():
        facts["period"], facts["majors"] = columns[number]
        bind.execute(
            sa.text("UPDATE register_rows SET facts = :facts WHERE id = :id"),
            {"facts": json.dumps(facts, ensure_ascii=False), "id": number},
        )


def _all_facts() -> list[tuple[int, dict[str, object]]]:
    rows = op.get_bind().execute(sa.text("SELECT id, facts FROM register_rows")).all()
    return [(number, json.loads(facts) if isinstance(facts, str) else dict(facts or {})) for number, facts in rows]
