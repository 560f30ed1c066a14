from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "engagement.responses"
    label = "responses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from engagement.experiences import withdrawal
        from engagement.responses.services import release_counts, take_back_quotes
        from heard import due

        withdrawal.register(take_back_quotes)
        due.register("published figures put right", release_counts)
