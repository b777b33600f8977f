"""Mounts the REST API."""

from django.urls import URLPattern, URLResolver, path

from huiyin.api.mount import build_api

api = build_api()
urlpatterns: list[URLPattern | URLResolver] = [path("", api.urls)]
