from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "engagement.themes"
    label = "themes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from engagement.themes import audiences  # noqa: F401  registers the audiences of theme leads
