from django.apps import AppConfig


class ExperiencesConfig(AppConfig):
    name = "engagement.experiences"
    label = "experiences"
    default_auto_field = "django.db.models.BigAutoField"
