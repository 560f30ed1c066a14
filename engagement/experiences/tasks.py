"""What runs after sharing. A task carries no id of an experience: it does whatever waits."""

from django_tasks import task

from engagement.experiences import news, suggestions


@task()
def suggest_waiting_themes() -> None:
    """Suggest themes for everything that waits without."""
    suggestions.suggest_waiting()


@task()
def post_waiting_news() -> None:
    """Send word to everyone who has news waiting."""
    news.post_waiting()
