"""The WSGI door that the web server opens in each of its processes."""

import gc
import os
import signal

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from huiyin.config.children import die_with_parent
from huiyin.config.serving.door import Door
from huiyin.config.serving.tally import joined
from huiyin.config.serving.turns import Turns

PATIENCE = 0.1  # seconds a page waits for another before it is made beside it
YOUNG, MIDDLE, OLD = 50_000, 20, 50  # objects, and rounds, before rubbish is collected: a page makes about 20,000

# The web server forks its processes with its own signal handlers, which would swallow a stop while we load.
signal.signal(signal.SIGTERM, signal.SIG_DFL)
die_with_parent()  # a process whose master was killed must not keep the port
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
tally = joined()
places = 2 if (os.cpu_count() or 1) > tally.processes else 1  # the second while the first asks the database
application = Door(get_wsgi_application(), Turns(places, PATIENCE), tally)
resolve("/")  # loads every page now, not with the first visitor

# What is loaded stays. A full collection would search all of it for some 140 ms, and every request would wait for that.
gc.collect()
gc.freeze()
gc.set_threshold(YOUNG, MIDDLE, OLD)
