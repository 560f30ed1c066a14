"""The kill run: `python -m tests.load.live_kill [SECONDS]` prints its figures as JSON.

With DATABASE_URL it runs on that PostgreSQL and leaves the server alone; without, it starts one of its
own, and kills that too.
"""

import asyncio
import json
import os
import subprocess
import sys
import time

from tests.load.ground import ground


def main(seconds: float) -> dict:
    """Figures of one run of so many seconds."""
    with ground() as (folder, own):
        from tests.load.killing import kill_run  # needs Django, which the ground sets up

        def kill_and_start() -> None:
            own.kill()
            for _ in range(30):  # until the last process of the old one has let go of its memory
                try:
                    return own.start()
                except subprocess.CalledProcessError:
                    time.sleep(0.5)
            raise RuntimeError("PostgreSQL does not come back")

        environment = os.environ | {"HEARD_DB_POOL": "4"}
        database = kill_and_start if own else None
        return asyncio.run(kill_run(environment, folder, seconds=seconds, database=database))


if __name__ == "__main__":
    print(json.dumps(main(float(sys.argv[1]) if len(sys.argv) > 1 else 40), indent=1))
