"""What runs after sharing. A task carries no id of an experience: it does whatever waits."""

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from engagement.experiences import news, suggestions


@task()
def suggest_waiting_themes() -> None:
    """Suggest themes for everything that waits without."""
    suggestions.suggest_waiting()


@task()
def post_waiting_news() -> None:
    """Send word to everyone who has news waiting."""
    news.post_waiting()


def forget_finished() -> int:
    """Rows of finished tasks are gone: the time in each is the time at which somebody shared."""
    ours = [suggest_waiting_themes.module_path, post_waiting_news.module_path]
    return DBTaskResult.objects.finished().filter(task_path__in=ours).delete()[0]
