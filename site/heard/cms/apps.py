from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "heard.cms"
    label = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from heard.cms import editors  # noqa: F401  registers what roles bring in Wagtail
