from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "heard.spaces"
    label = "spaces"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from heard.spaces import audiences  # noqa: F401  registers the audiences of spaces
