# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""How many frames a second a full-screen window of a persona draws (tests/bench/frames.c), seen and unseen."""
import os

from phone import BUILD, Phone, serve

SECONDS = 20
PROGRAM = os.path.join(BUILD, "tests", "frames")
SOCKET = "/run/user/1000/wayland-0"
SIDE = 64  # pixels of a small change


def frames_of(phone, number, words=""):
    """Frames a second of a run; `number`: of the runs so far."""
    phone.type("personal", f"/tmp/frames {SOCKET} {SECONDS} {words}")
    found = phone.find("personal", r"^frames (\d+) in ([0-9.]+) s$", SECONDS + 120, number)
    return int(found[1]) / float(found[2])


def frames():
    server = serve(os.path.dirname(PROGRAM))
    with Phone() as phone:
        phone.settle()
        phone.booth("switch", "personal")
        phone.hand("personal", server, "frames")
        result = {"fps_full": frames_of(phone, 0), "fps_small": frames_of(phone, 1, str(SIDE))}
        phone.booth("switch", "work")
        result["fps_unseen"] = frames_of(phone, 2, str(SIDE))
    server.shutdown()
    return result
