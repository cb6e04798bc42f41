"""Tests of the generator itself; none needs the network or builds an environment."""
