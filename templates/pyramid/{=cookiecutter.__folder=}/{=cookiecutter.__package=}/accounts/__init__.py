"""Accounts: who may write."""
