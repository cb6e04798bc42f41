"""Takes away the folders that cookiecutter made for files which turned out not to be wanted."""

import contextlib
import os

for top in (".github", "{= cookiecutter.__package =}"):
    for folder, _, _ in os.walk(top, topdown=False):
        with contextlib.suppress(OSError):  # It has files, as most have.
            os.rmdir(folder)
