"""Starts the command line, as `scaffold` and as `python -m scaffold`."""

import signal


def main() -> None:
    """Run the command line; Ctrl-C ends it without a word even while it is loading."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from scaffold.cli import main as run

    run()


if __name__ == "__main__":
    main()
