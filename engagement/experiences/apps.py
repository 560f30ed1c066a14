from django.apps import AppConfig


class ExperiencesConfig(AppConfig):
    name = "engagement.experiences"
    label = "experiences"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are ready only here.
        from engagement.experiences import news, services, suggestions, tasks
        from heard import due

        due.register("unsent stories forgotten", services.forget_old_drafts)
        due.register("themes suggested", suggestions.suggest_waiting)
        due.register("word of news sent", news.post_waiting)
        due.register("finished tasks forgotten", tasks.forget_finished)
