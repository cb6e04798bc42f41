"""Takes away the folder that cookiecutter made for files which turned out not to be wanted."""

import contextlib
import os

with contextlib.suppress(OSError):  # It has files, or is not there.
    os.removedirs(".github/workflows")
