"""Heard's settings, with the load runs' own deeds in place of its pages."""

from heard.settings import *  # noqa: F403

ROOT_URLCONF = "tests.load.deeds"
