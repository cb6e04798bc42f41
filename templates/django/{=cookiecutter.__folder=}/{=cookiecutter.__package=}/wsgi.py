#% set package = cookiecutter.__package
"""The entry point of WSGI servers: `gunicorn {= package =}.wsgi`."""

#% for _ in cookiecutter.__open | select
import logging
#% endfor
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{= package =}.settings")
application = get_wsgi_application()
#% for text in cookiecutter.__open | select
logging.getLogger(__name__).warning("{= text =}")
#% endfor
