#% set package = cookiecutter.__package
#!/usr/bin/env python
"""The command line of the project: `python manage.py help` lists what it can do."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{= package =}.settings")
    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, ProgrammingError) as error:
        advice = "" if "migrate" in sys.argv else " Run `python manage.py migrate`."
        sys.exit(f"{error}: is the database there?{advice}")
