"""The contract (docs/contract.md), checked from outside.

The suite knows a base URL, the resource's definition and one account; it imports
nothing of the app and nothing of scaffold. See README.md beside this file.
"""
