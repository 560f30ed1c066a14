"""Commands that work from an empty data folder."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor


class ReadyCommand(BaseCommand):
    """A command that first brings the embedded database up to date.

    Served for real, migrating is a deed of its own (docs/operate.md), so nothing is migrated there.
    """

    requires_system_checks: list[str] = []

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Migrates the embedded database where it is behind, then does the command's work."""
        if settings.EMBEDDED and database_is_behind():
            call_command("migrate", verbosity=0, interactive=False)
        return super().execute(*args, **options)


def database_is_behind() -> bool:
    """Whether there are migrations that the database has not had."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
