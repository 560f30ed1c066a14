from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "heard.spaces"
    label = "spaces"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registers the audiences of spaces, and what a person's own page says of them.
        from heard.spaces import audiences, panels  # noqa: F401
