#% set resources = cookiecutter._resources | default([cookiecutter._resource])
"""Create the tables of {! for _ in cookiecutter.__accounts | select !}accounts{= "," if cookiecutter._several else " and" =} {! endfor !}{= resources | map(attribute="label_plural") | join(", ") =}."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply the changes."""
#% for _ in cookiecutter.__accounts | select
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=150), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("session_number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("username", name=op.f("uq_users_username")),
#% for _ in cookiecutter.__sqlite | select
        sqlite_autoincrement=True,
#% endfor
    )
#% endfor
#% for resource in resources
    op.create_table(
        "{= resource.plural =}",
        sa.Column("id", sa.Integer(), nullable=False),
#% for _ in cookiecutter.__accounts | select
        sa.Column("owner_id", sa.Integer(), nullable=False),
#% endfor
#% for field in resource.fields
        sa.Column("{= field.name =}", {= field.column_type =}, nullable={= field.optional =}),
#% endfor
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
#% for _ in cookiecutter.__accounts | select
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_{= resource.plural =}_owner_id_users"),
            ondelete="CASCADE",
        ),
#% endfor
#% for field in resource.references
        sa.ForeignKeyConstraint(
            ["{= field.name =}"],
            ["{= field.reference.target.plural =}.id"],
            name=op.f("{= field.reference.foreign_key =}"),
#% if field.reference.cascade
            ondelete="CASCADE",
#% endif
        ),
#% endfor
        sa.PrimaryKeyConstraint("id", name=op.f("pk_{= resource.plural =}")),
#% for name in resource.unique_fields
        sa.UniqueConstraint("{= name =}", name=op.f("uq_{= resource.plural =}_{= name =}")),
#% endfor
#% for _ in cookiecutter.__sqlite | select
        sqlite_autoincrement=True,
#% endfor
    )
#% for _ in cookiecutter.__accounts | select
    op.create_index(op.f("ix_{= resource.plural =}_owner_id"), "{= resource.plural =}", ["owner_id"])
#% endfor
#% for field in resource.references if not field.unique
    op.create_index(op.f("{= field.reference.index =}"), "{= resource.plural =}", ["{= field.name =}"])
#% endfor
{! endfor !}


def downgrade() -> None:
    """Take the changes back."""
#% for resource in resources | reverse
    op.drop_table("{= resource.plural =}")
#% endfor
#% for _ in cookiecutter.__accounts | select
    op.drop_table("users")
#% endfor
