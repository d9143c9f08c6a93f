# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""
The default handset, two Debian phones, when nobody does anything: the emulator's CPU time and memory, wake-ups, and
whose the time is. It starts as `make run` does, from the snapshot that `make images` has made. With the screen off it
is measured on its charger, where the personas stay awake, and on its battery, where they suspend.
"""
import os
import statistics
import time

from phone import BUILD, Phone
from split import split

SETTLE_S = 60
SPAN_S = 30
SPANS = 5
TRACE_S = 60
ASLEEP_S = 400


def busy(phone, what):
    """Percent of a host CPU; the median of some spans."""
    percents = []
    for _ in range(SPANS):
        before = phone.booth("stats")
        time.sleep(SPAN_S)
        after = phone.booth("stats")
        percents.append(100 * (after["cpu_s"] - before["cpu_s"]) / (after["uptime_s"] - before["uptime_s"]))
    print("idle, screen %s: %s %% of a core; %.0f MiB resident" % (
        what, " ".join("%.1f" % percent for percent in percents), after["rss_mib"]), flush=True)
    return statistics.median(percents), after["rss_mib"]


def fall_asleep(phone):
    """Takes the charger away, waits until all personas have suspended themselves."""
    phone.booth("battery", "set", "80", "--discharging")
    end = time.monotonic() + ASLEEP_S
    while any(vm["kind"] == "persona" and vm["state"] != "suspended" for vm in phone.booth("status")["vms"]):
        if time.monotonic() > end:
            raise RuntimeError("idle: a persona does not suspend on battery")
        time.sleep(5)


def idle():
    with Phone("--try", handset=os.path.join(BUILD, "images", "handset")) as phone:
        phone.wait()
        time.sleep(SETTLE_S)
        on, rss = busy(phone, "on")
        on_split = split(phone, "on", TRACE_S)
        phone.booth("display", "off")
        time.sleep(10)
        awake, _ = busy(phone, "off, on its charger")
        off_split = split(phone, "off", TRACE_S)
        fall_asleep(phone)
        off, _ = busy(phone, "off, on its battery")
    return {"idle_cpu_percent": on, "idle_off_awake_cpu_percent": awake, "idle_off_cpu_percent": off, "rss_mib": rss,
            **{"idle_" + name: value for name, value in on_split.items()},
            **{"idle_off_awake_" + name: value for name, value in off_split.items()}}
