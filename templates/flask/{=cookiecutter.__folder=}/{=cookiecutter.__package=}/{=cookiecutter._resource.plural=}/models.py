#% set resource = cookiecutter._resource
"""The table of {= resource.label_plural =}."""

#% for line in resource.imports.models
{= line =}
{! endfor !}

#% for line in resource.imports.columns
{= line =}
#% endfor
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, utc_now


class {= resource.class_name =}(Base):
    """{= resource.article | capitalize =} {= resource.label =}."""

    __tablename__ = "{= resource.plural =}"

    id: Mapped[int] = mapped_column(primary_key=True)
#% for field in resource.fields
    {= field.name =}: {= field.column =}
#% endfor
    created_at: Mapped[dt.datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[dt.datetime] = mapped_column(default=utc_now)
