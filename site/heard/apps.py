from django.apps import AppConfig


class HeardConfig(AppConfig):
    """The shell: template tags, the form renderer and the commands that span rooms."""

    name = "heard"
    label = "heard"
    default_auto_field = "django.db.models.BigAutoField"
