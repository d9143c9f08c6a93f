# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""How soon the screen answers a finger and a key: a persona's full-screen window changes its colour at once
(tests/bench/press.c). From the request on the control socket to the first frame on which it has changed."""
import json
import os
import random
import select
import socket
import statistics
import time

from phone import BUILD, Phone, serve

ROUNDS = 40
PROGRAM = os.path.join(BUILD, "tests", "press")
SOCKET = "/run/user/1000/wayland-0"
PART = {"x": 40, "y": 900, "width": 64, "height": 64}  # of the screen, that is looked at
FINGER = {"x": 500, "y": 400}
SETTLED_S = 0.3


class Control:
    """A connection to the control socket on which a request may wait while others are made."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.lines = self.socket.makefile("rb")
        self.id = 0

    def send(self, verb, **members):
        self.id += 1
        self.socket.sendall(json.dumps({"id": self.id, "verb": verb, **members}).encode() + b"\n")
        return self.id

    def wait(self, number):
        """The answer to a request; those to others before it are checked and dropped."""
        while True:
            reply = json.loads(self.lines.readline())
            if not reply["ok"]:
                raise RuntimeError(reply)
            if reply["id"] == number:
                return reply


def answer_ms(control, down, up):
    """One press, at any time between two frames."""
    changed = control.send("until-change", timeout=20, **PART)
    time.sleep(SETTLED_S + random.random() / 50)
    if select.select([control.socket], [], [], 0)[0]:
        raise RuntimeError("the screen changes by itself")
    began = time.monotonic()
    control.send(**down)
    control.wait(changed)
    took = 1000 * (time.monotonic() - began)
    control.wait(control.send(**up))
    return took


def figures(name, times):
    times.sort()
    print("%s: median %.1f ms, of %.1f to %.1f" % (name, statistics.median(times), times[0], times[-1]), flush=True)
    return {name + "_ms": statistics.median(times), name + "_p95_ms": times[int(len(times) * 0.95)]}


def press():
    server = serve(os.path.dirname(PROGRAM))
    with Phone() as phone:
        phone.settle()
        phone.booth("switch", "personal")
        phone.hand("personal", server, "press")
        phone.type("personal", f"/tmp/press {SOCKET} &")
        phone.find("personal", "press ready$", 60)
        time.sleep(2)
        control = Control(phone.socket())
        touch = [answer_ms(control, {"verb": "touch", "type": "down", **FINGER}, {"verb": "touch", "type": "up"})
                 for _ in range(ROUNDS)]
        key = [answer_ms(control, {"verb": "key", "key": "a", "action": "down"}, {"verb": "key", "key": "a", "action": "up"})
               for _ in range(ROUNDS)]
    server.shutdown()
    return {**figures("touch_to_pixel", touch), **figures("key_to_pixel", key)}
