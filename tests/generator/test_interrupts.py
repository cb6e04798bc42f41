"""Signals wait while something must not be left half done."""

import signal
import threading
from collections.abc import Iterator

import pytest

from scaffold.interrupts import due, held


class CameError(Exception):
    """What the handler of these tests raises."""


@pytest.fixture(autouse=True)
def handler() -> Iterator[None]:
    def come(number: int, _: object) -> None:
        raise CameError(number)

    before = signal.signal(signal.SIGTERM, come)
    yield
    signal.signal(signal.SIGTERM, before)


def test_a_signal_is_delivered_when_the_block_ends() -> None:
    done = []

    def work() -> None:
        with held():
            with held():
                signal.raise_signal(signal.SIGTERM)
                done.append(due())
            done.append(due())

    with pytest.raises(CameError):
        work()
    assert done == [True, True]
    assert not due()


def test_nothing_changes_without_one() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with held():
        assert not due()

    assert signal.getsignal(signal.SIGTERM) is before


def test_an_error_in_the_block_gives_way_to_the_signal() -> None:
    def work() -> None:
        with held():
            signal.raise_signal(signal.SIGTERM)
            raise ValueError

    with pytest.raises(CameError):
        work()


def test_what_is_ignored_stays_so() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with held():
        signal.raise_signal(signal.SIGTERM)
        assert not due()


def test_other_threads_leave_signals_alone() -> None:
    seen = []

    def work() -> None:
        with held():
            seen.append(due())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [False]
