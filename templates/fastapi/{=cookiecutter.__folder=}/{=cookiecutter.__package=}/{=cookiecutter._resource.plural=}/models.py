#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
import datetime as dt
{! for line in resource.imports.models_standard !}
{= line =}
{! endfor !}

#% for line in resource.imports.models
{= line =}
#% endfor
from sqlalchemy.orm import Mapped, mapped_column, relationship

from {= package =}.accounts.models import User
from {= package =}.base import Base, utc_now


class {= resource.class_name =}(Base):
    __tablename__ = "{= resource.plural =}"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
#% for field in resource.fields
    {= field.name =}: {= field.column =}
#% endfor
    created_at: Mapped[dt.datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[dt.datetime] = mapped_column(default=utc_now)

    # Every answer shows the owner, so one query fetches both.
    owner: Mapped[User] = relationship(lazy="joined", innerjoin=True)
