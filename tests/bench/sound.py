# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Gaps in what one persona plays, by Debian's driver, while the other one computes."""
import functools
import http.server
import os
import re
import threading
import time

from phone import BUILD, Phone

SECONDS = 60
PROGRAM = os.path.join(BUILD, "tests", "tone")


def serve(folder):
    """A web server on a port of its own."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def played(phone, least):
    """Until tone says how often its kernel had nothing to play."""
    end = time.monotonic() + least + 300
    while time.monotonic() < end:
        found = re.search(r"^underruns (\d+)$", phone.console("personal"), re.M)
        if found:
            return int(found[1])
        time.sleep(2)
    raise RuntimeError("tone does not end")


def sound():
    server = serve(os.path.dirname(PROGRAM))
    with Phone() as phone:
        phone.wait()
        time.sleep(30)
        phone.type("work", "while :; do :; done &")
        phone.type("personal", "busybox wget -q -O /tmp/tone http://10.0.2.2:%d/tone && chmod +x /tmp/tone && /tmp/tone play 440 %d" % (
            server.server_address[1], SECONDS))
        underruns = played(phone, SECONDS)
        counted = phone.booth("stats")["switchboard"]["switchboard"]
    server.shutdown()
    print("sound: %d s, the guest ran dry %d times; switchboard: %d gaps, late %d times" % (
        SECONDS, underruns, counted["sound_underruns"], counted["sound_late"]), flush=True)
    return {"audio_underruns_per_min": (counted["sound_underruns"] + counted["sound_late"]) * 60 / SECONDS}
