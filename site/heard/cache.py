"""A Redis cache that steps aside when Redis is down: nothing that a resident does depends on it."""

import logging
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
REST = 5.0  # seconds before Redis is asked again after it failed


class SteadyRedisCache(RedisCache):
    """Redis while it answers, this process's own memory while it does not (limits then hold in each process)."""

    def __init__(self, server, params) -> None:
        params.setdefault("OPTIONS", {}).update(
            {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
        )
        super().__init__(server, params)
        self._own = LocMemCache("steady", {})
        self._ask_again = 0.0

    def _either(self, name: str, *args, **kwargs):
        if time.monotonic() >= self._ask_again:
            try:
                return getattr(super(), name)(*args, **kwargs)
            except (RedisError, OSError) as error:
                self._ask_again = time.monotonic() + REST
                log.warning(
                    "the cache is away (%s): using this process's memory", type(error).__name__
                )
        return getattr(self._own, name)(*args, **kwargs)

    def add(self, *args, **kwargs):
        return self._either("add", *args, **kwargs)

    def get(self, *args, **kwargs):
        return self._either("get", *args, **kwargs)

    def set(self, *args, **kwargs):
        return self._either("set", *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._either("touch", *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._either("delete", *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._either("get_many", *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._either("has_key", *args, **kwargs)

    def incr(self, *args, **kwargs):
        return self._either("incr", *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._either("set_many", *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._either("delete_many", *args, **kwargs)

    def clear(self):
        return self._either("clear")
