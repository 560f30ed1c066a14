"""What must be done from time to time: rooms register their jobs, and `manage.py run_due` runs them.

Each job is safe to run twice and to stop in the middle. One that fails does not stop the others.
"""

import logging
from collections.abc import Callable

Job = Callable[[], object]
log = logging.getLogger(__name__)
_jobs: dict[str, Job] = {}


def register(name: str, job: Job) -> None:
    """Add a job under a name of its own. What it returns, such as a count, is said in the log."""
    _jobs[name] = job


def run() -> dict[str, object]:
    """Run every job, in the order of registering: {name: what it returned, or the error}."""
    outcomes: dict[str, object] = {}
    for name, job in _jobs.items():
        try:
            outcomes[name] = job()
        except Exception as error:  # the other jobs are due all the same
            # Not the traceback: what it holds may be somebody's words.
            log.error("%s failed (%s)", name, type(error).__name__)
            outcomes[name] = error
    return outcomes
