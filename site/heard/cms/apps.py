from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "heard.cms"
    label = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registers the desks as doors, and what roles bring in Wagtail.
        from heard.cms import doors, editors  # noqa: F401
