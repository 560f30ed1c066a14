from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "engagement.routing"
    label = "routing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from engagement.experiences import withdrawal
        from engagement.routing import experiences, kinds, queue, withdrawing

        kinds.register(
            experiences.KIND, facts=experiences.facts, contributors=experiences.contributors
        )
        withdrawal.register(withdrawing.on_withdrawal)
        queue.register()
