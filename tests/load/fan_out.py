"""One event to many sockets, beside a bare broadcast: `python -m tests.load.fan_out [SOCKETS]`.

`--uvicorns-own-send` leaves out the frame that is built once for all. Prints figures as JSON.
"""

import argparse
import json

from tests.load.ground import ground

OURS = "heard.notifications.protocol:FrameProtocol"

if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("sockets", nargs="?", type=int, default=1000)
    options.add_argument("--uvicorns-own-send", action="store_true")
    chosen = options.parse_args()
    with ground() as (folder, _):
        from tests.load.fanning import run  # needs Django, which the ground sets up

        protocol = "websockets-sansio" if chosen.uvicorns_own_send else OURS
        print(json.dumps(run(chosen.sockets, protocol, folder), indent=1))
