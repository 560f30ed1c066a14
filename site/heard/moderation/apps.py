from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "heard.moderation"
    label = "moderation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from heard.moderation import doors  # noqa: F401  registers the way to the desk
