"""What every command's help has: how to ask for it, and examples."""

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}

EXAMPLES = """\b
Examples:
  scaffold {name} myproj
  scaffold {name} cookbook --resource "recipe title:str minutes:int:optional"
  scaffold {name} again --config myproj/pyproject.toml
  scaffold {name} myproj --dry-run
"""
