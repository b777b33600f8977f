"""The WSGI door that the web server opens in each of its processes."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from huiyin.config.children import die_with_parent

# The web server forks its processes with its own signal handlers, which would swallow a stop while we load.
signal.signal(signal.SIGTERM, signal.SIG_DFL)
die_with_parent()  # a process whose master was killed must not keep the port
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
application = get_wsgi_application()
