"""Put first on PYTHONPATH, this moves the clock of a process by SHIFT_SECONDS."""

import datetime as dt
import os
import time

SHIFT = float(os.environ.get("SHIFT_SECONDS", "0"))

real_time = time.time
real_now = dt.datetime.now


class Shifted(dt.datetime):
    """A datetime whose now is later, or earlier."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
        """Give the time, moved."""
        return real_now(tz) + dt.timedelta(seconds=SHIFT)

    @classmethod
    def utcnow(cls) -> dt.datetime:  # type: ignore[override]
        """Give the time in UTC without its zone, moved."""
        return cls.now(dt.UTC).replace(tzinfo=None)


if SHIFT:
    time.time = lambda: real_time() + SHIFT
    dt.datetime = Shifted  # type: ignore[misc]
