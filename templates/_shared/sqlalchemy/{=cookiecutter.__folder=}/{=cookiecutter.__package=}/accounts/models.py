#% set package = cookiecutter.__package
import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from {= package =}.base import Base, utc_now


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(150), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    # Sessions and tokens carry this number; counting it up ends all of them.
    session_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(default=utc_now)
