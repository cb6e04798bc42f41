"""Routes as an author might add them next, at addresses that no resource has."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, UploadFile
from sqlalchemy.exc import IntegrityError, ProgrammingError

router = APIRouter(prefix="/more", include_in_schema=False)


class Mood(StrEnum):
    GOOD = "good"
    BAD = "bad"


@router.get("/fault")
def fail() -> None:
    raise RuntimeError("the cause")


@router.get("/moods/{key}")
def find_mood(key: str, mood: Mood = Mood.GOOD) -> str:
    if key == "gone":
        raise HTTPException(410, {"reason": "No mood lasts."})
    if key == "raced":
        raise IntegrityError("INSERT", {}, Exception("the cause"))
    if key == "unknown":
        raise ProgrammingError("SELECT", {}, Exception("the cause"))
    raise HTTPException(404, f"Nobody called {key} is in a {mood} mood.")
{! for _ in cookiecutter.__secret | select !}


@router.post("/photos")
def measure_photo(photo: UploadFile, caption: Annotated[str, Form()]) -> int | None:
    return photo.size
{! endfor !}
