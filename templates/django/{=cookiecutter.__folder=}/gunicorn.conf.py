"""How gunicorn serves the project: it reads this file where it is started."""

import os

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
threads = 8
preload_app = True  # what is wrong with the settings is said once, at the start
accesslog = "-"
control_socket_disable = True  # it would be a file in the home folder
limit_request_line = 8190  # a search of 200 characters can be long when encoded
