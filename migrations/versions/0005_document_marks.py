"""Marks by which documents with the same wording are found. What stood on the shelf before has none."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "document_marks",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_document_marks_document_id_documents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mark", "document_id", name=op.f("pk_document_marks")),
    )
    with op.batch_alter_table("document_marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_marks_document_id"), ["document_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("document_marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_marks_document_id"))
    op.drop_table("document_marks")
