"""Lets `python -m scaffold` do what `scaffold` does."""

from scaffold.cli import main

main()
