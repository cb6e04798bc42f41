#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
"""The table of {= resource.label_plural =}."""

import datetime as dt

#% for line in resource.imports.models
{= line =}
#% endfor
from sqlalchemy.orm import Mapped, mapped_column

from {= package =}.database import Base, utc_now


class {= resource.class_name =}(Base):
    """{= resource.article | capitalize =} {= resource.label =}."""

    __tablename__ = "{= resource.plural =}"

    id: Mapped[int] = mapped_column(primary_key=True)
#% for field in resource.fields
    {= field.name =}: {= field.column =}
#% endfor
    created_at: Mapped[dt.datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[dt.datetime] = mapped_column(default=utc_now)
