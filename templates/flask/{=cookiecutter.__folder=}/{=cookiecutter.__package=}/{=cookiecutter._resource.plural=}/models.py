#% set package = cookiecutter.__package
#% set resource = cookiecutter._resource
import datetime as dt
{! for line in resource.imports.models_standard !}
{= line =}
{! endfor !}
{! if resource.children !}
from typing import TYPE_CHECKING
{! endif !}

#% for line in resource.imports.models
{= line =}
#% endfor
from sqlalchemy.orm import Mapped, mapped_column, relationship

#% for _ in cookiecutter.__accounts | select
from {= package =}.accounts.models import User
#% endfor
from {= package =}.base import Base, utc_now
#% for target in resource.parents
from {= package =}.{= target.plural =}.models import {= target.class_name =}
#% endfor
#% if resource.children

if TYPE_CHECKING:
#% for child in resource.dependents
    from {= package =}.{= child.plural =}.models import {= child.class_name =}
#% endfor
{! endif !}


class {= resource.class_name =}(Base):
    __tablename__ = "{= resource.plural =}"

    id: Mapped[int] = mapped_column(primary_key=True)
#% for _ in cookiecutter.__accounts | select
    owner_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
#% endfor
#% for field in resource.fields
    {= field.name =}: {= field.column =}
#% endfor
    created_at: Mapped[dt.datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[dt.datetime] = mapped_column(default=utc_now)

#% for _ in cookiecutter.__accounts | select
    # Every answer shows the owner, so one query fetches both.
    owner: Mapped[User] = relationship(lazy="joined", innerjoin=True)
#% endfor
#% for field in resource.references
    {= field.reference.name =}: Mapped[{= field.reference.target.class_name =}{= " | None" if field.optional =}] = relationship({= "foreign_keys=%s, " % field.name if field.reference.several =}back_populates="{= field.reference.collection =}")
#% endfor
#% if resource.children
    # What happens to them when this goes, the database decides.
#% for each in resource.children
    {= each.collection =}: Mapped[{= "\"%s | None\"" % each.child.class_name if each.unique else "list[\"%s\"]" % each.child.class_name =}] = relationship({= "foreign_keys=\"%s.%s\", " % (each.child.class_name, each.column) if each.several =}back_populates="{= each.name =}", passive_deletes="all")
#% endfor
#% endif
#% for _ in ((cookiecutter.__pages + resource.children) | select | list)[:1]
#% if resource.title_kind != "str"

    @property
    def {= resource.title_attribute =}(self) -> str:
        """What pages call it."""
#% if resource.title_kind == "text"
        text = self.{= resource.title_field =}
        return text if len(text) <= 50 else f"{text[:49]}…"
#% elif resource.title_kind == "date"
        return f"{= resource.title =} of {self.{= resource.title_field =}}"
#% else
        return f"{= resource.title =} of {self.{= resource.title_field =}:%Y-%m-%d %H:%M} UTC"
#% endif
#% endif
#% endfor
