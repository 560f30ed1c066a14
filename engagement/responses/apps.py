from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "engagement.responses"
    label = "responses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from engagement.experiences import withdrawal
        from engagement.responses.services import take_back_quotes

        withdrawal.register(take_back_quotes)
