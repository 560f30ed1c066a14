"""Heard's settings with only the room that a writer needs, so that a killed one is soon back."""

from heard.settings import *  # noqa: F403

INSTALLED_APPS = ["heard.notifications"]
