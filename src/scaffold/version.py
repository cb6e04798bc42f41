"""The version of scaffold, which every project records."""

VERSION = "0.1.0"
