"""Post to notified, beside a floor: `python -m tests.load.post_to_notified [--deed tell|clear]`.

`tell` is the smallest deed: one row and one notification. `clear` is a moderator's real deed by the
API, beside a floor that inserts as many rows. Prints figures as JSON.
"""

import argparse
import json

from tests.load.ground import ground

if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--deed", choices=["tell", "clear"], default="tell")
    options.add_argument("--listeners", type=int, default=200)
    chosen = options.parse_args()
    with ground() as (folder, _):
        from tests.load.posting import run  # needs Django, which the ground sets up

        print(json.dumps(run(chosen.deed, chosen.listeners, folder), indent=1))
