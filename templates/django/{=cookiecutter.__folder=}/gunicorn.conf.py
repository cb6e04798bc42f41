"""How gunicorn, the production server, runs: it reads this file where it is started."""

import os

# Only the proxy in front, on the same machine, is to reach it.{= cookiecutter.__words.host =}
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
threads = 8
preload_app = True  # what is wrong with the settings is said once, at the start
accesslog = "-"  # a line for each request, to standard output
graceful_timeout = 30  # seconds in which a stopping server finishes what it accepted
control_socket_disable = True  # it would be a file in the home folder
