# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Gaps in what one persona plays, by Debian's driver, while the other one computes."""
import os

from phone import BUILD, Phone, serve

SECONDS = 60
PROGRAM = os.path.join(BUILD, "tests", "tone")


def sound():
    server = serve(os.path.dirname(PROGRAM))
    with Phone() as phone:
        phone.settle()
        phone.hand("personal", server, "tone")
        phone.type("work", "while :; do :; done &")
        phone.type("personal", "/tmp/tone play 440 %d" % SECONDS)
        underruns = int(phone.find("personal", r"^underruns (\d+)$", SECONDS + 300)[1])
        counted = phone.booth("stats")["switchboard"]["switchboard"]
    server.shutdown()
    print("sound: %d s, the guest ran dry %d times; switchboard: %d gaps, late %d times" % (
        SECONDS, underruns, counted["sound_underruns"], counted["sound_late"]), flush=True)
    return {"audio_underruns_per_min": (counted["sound_underruns"] + counted["sound_late"]) * 60 / SECONDS}
