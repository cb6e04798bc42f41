"""Signals that wait: what must not be left half done is not interrupted."""

import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

# What asks a process to end; Windows has no SIGHUP.
SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)
)


class held:  # noqa: N801 -- reads like contextlib's own
    """A block that signals do not interrupt: they are delivered when it ends.

    A long one asks `due()` now and then whether it should come to an end. Blocks may be nested.
    Only the main thread is ever interrupted by a signal; in others this does nothing.
    """

    _pending: tuple[int, FrameType | None] | None = None
    _depth = 0

    def __enter__(self) -> None:
        """Have signals wait."""
        self._main = threading.current_thread() is threading.main_thread()
        if not self._main:
            return
        if held._depth == 0:
            held._pending = None
            self._before: dict[int, Callable[..., Any]] = {}
            try:
                for number in SIGNALS:
                    handler = signal.getsignal(number)
                    if callable(handler):  # Else it ends the process, or is ignored.
                        self._before[number] = handler
                        signal.signal(number, _wait)
            except BaseException:  # One came in between.
                self._restore()
                raise
        held._depth += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Deliver the first signal that came meanwhile."""
        if not self._main:
            return
        held._depth -= 1
        if held._depth:
            return
        self._restore()
        if held._pending:
            number, frame = held._pending
            held._pending = None
            self._before[number](number, frame)

    def _restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)


def due() -> bool:
    """Tell whether a signal waits, and the block that holds it should end soon."""
    main = threading.current_thread() is threading.main_thread()
    return main and held._pending is not None


def _wait(number: int, frame: FrameType | None) -> None:
    """Note the first signal."""
    if held._pending is None:
        held._pending = (number, frame)
