# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""How many frames a second a full-screen window of a persona draws (tests/bench/frames.c), seen and unseen."""
import os
import re
import time

from phone import BUILD, Phone
from sound import serve

SECONDS = 20
PROGRAM = os.path.join(BUILD, "tests", "frames")
SOCKET = "/run/user/1000/wayland-0"
SIDE = 64  # pixels of a small change


def frames_of(phone, number, words=""):
    """Frames a second of a run; `number`: of the runs so far."""
    phone.type("personal", f"/tmp/frames {SOCKET} {SECONDS} {words}")
    end = time.monotonic() + SECONDS + 120
    while time.monotonic() < end:
        found = re.findall(r"^frames (\d+) in ([0-9.]+) s$", phone.console("personal"), re.M)
        if len(found) > number:
            return int(found[-1][0]) / float(found[-1][1])
        time.sleep(1)
    raise RuntimeError("frames does not end")


def frames():
    server = serve(os.path.dirname(PROGRAM))
    with Phone() as phone:
        phone.wait()
        time.sleep(30)
        phone.booth("switch", "personal")
        phone.type("personal", "busybox wget -q -O /tmp/frames http://10.0.2.2:%d/frames && chmod +x /tmp/frames" %
                   server.server_address[1])
        time.sleep(10)
        result = {"fps_full": frames_of(phone, 0), "fps_small": frames_of(phone, 1, str(SIDE))}
        phone.booth("switch", "work")
        result["fps_unseen"] = frames_of(phone, 2, str(SIDE))
    server.shutdown()
    return result
