"""Supply and demand: posts, batches, their versions, proposals, the tables that judge them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "demand_posts",
        sa.Column("post_name", sa.String(length=80), nullable=False),
        sa.Column("post_type", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("start_from", sa.Date(), nullable=True),
        sa.Column("start_to", sa.Date(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("pay_min", sa.Integer(), nullable=True),
        sa.Column("pay_max", sa.Integer(), nullable=True),
        sa.Column("conditions", sa.String(length=120), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("majors", sa.JSON(), nullable=False),
        sa.Column("major_said", sa.String(length=80), nullable=False),
        sa.Column("certs", sa.JSON(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_demand_posts_created_by_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_demand_posts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_posts")),
    )
    with op.batch_alter_table("demand_posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_posts_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_demand_posts_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "offer_versions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("offer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_offer_versions_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_versions")),
    )
    with op.batch_alter_table("offer_versions", schema=None) as batch_op:
        batch_op.create_index("ix_offer_versions_offer", ["kind", "offer_id", "version"], unique=False)

    op.create_table(
        "supply_batches",
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("class_year", sa.Integer(), nullable=True),
        sa.Column("intern_from", sa.Date(), nullable=True),
        sa.Column("intern_to", sa.Date(), nullable=True),
        sa.Column("grad_date", sa.Date(), nullable=True),
        sa.Column("locked", sa.Integer(), nullable=False),
        sa.Column("further", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("majors", sa.JSON(), nullable=False),
        sa.Column("major_said", sa.String(length=80), nullable=False),
        sa.Column("certs", sa.JSON(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_supply_batches_created_by_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_supply_batches_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_batches")),
    )
    with op.batch_alter_table("supply_batches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supply_batches_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_supply_batches_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "supply_tables",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("loaded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["people.id"], name=op.f("fk_supply_tables_approved_by_people")),
        sa.ForeignKeyConstraint(["loaded_by"], ["people.id"], name=op.f("fk_supply_tables_loaded_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_tables")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_supply_tables_kind_version")),
    )
    op.create_table(
        "match_proposals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tier", sa.String(length=1), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("post_says", sa.String(length=4), nullable=False),
        sa.Column("batch_says", sa.String(length=4), nullable=False),
        sa.Column("post_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("batch_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["batch_by"], ["people.id"], name=op.f("fk_match_proposals_batch_by_people")),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["supply_batches.id"],
            name=op.f("fk_match_proposals_batch_id_supply_batches"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["post_by"], ["people.id"], name=op.f("fk_match_proposals_post_by_people")),
        sa.ForeignKeyConstraint(
            ["post_id"], ["demand_posts.id"], name=op.f("fk_match_proposals_post_id_demand_posts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_proposals")),
        sa.UniqueConstraint("post_id", "batch_id", name=op.f("uq_match_proposals_post_id_batch_id")),
    )
    with op.batch_alter_table("match_proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_proposals_batch_id"), ["batch_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("match_proposals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_proposals_batch_id"))

    op.drop_table("match_proposals")
    op.drop_table("supply_tables")
    with op.batch_alter_table("supply_batches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supply_batches_unit_id"))
        batch_op.drop_index(batch_op.f("ix_supply_batches_state"))

    op.drop_table("supply_batches")
    with op.batch_alter_table("offer_versions", schema=None) as batch_op:
        batch_op.drop_index("ix_offer_versions_offer")

    op.drop_table("offer_versions")
    with op.batch_alter_table("demand_posts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demand_posts_unit_id"))
        batch_op.drop_index(batch_op.f("ix_demand_posts_state"))

    op.drop_table("demand_posts")
