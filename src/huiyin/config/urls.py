"""Addresses: sign-in, the API, and every page the rooms declare."""

from django.urls import URLPattern, URLResolver, include, path

from huiyin.config.health import healthz
from huiyin.foundation.pages import page_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.account.urls")),
    path("api/v1/", include("huiyin.api.urls")),
    *page_urls(),
]
