# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""What an idle phone does: how often its CPUs wake, and which VM they run then, as EL2's trace says."""
import collections
import json
import os

from phone import BUILD

CPUS = 1  # the process of the CPUs in the file


def read(path):
    """Wake-ups of all CPUs, seconds that each VM ran, seconds of the whole; of a file of `booth trace`."""
    with open(path, encoding="utf-8") as file:
        events = json.load(file)["traceEvents"]
    since, wakes, ran, last = {}, 0, collections.Counter(), 0
    idle = set()
    for event in events:
        if event["pid"] != CPUS or event["ph"] not in "BE":
            continue
        cpu, last = event["tid"], event["ts"] / 1e6
        if event["ph"] == "E":
            if event["cat"] == "run" and cpu in since:
                ran[event["name"].split("/")[0]] += last - since.pop(cpu)
            continue
        if event["cat"] == "idle":
            idle.add(cpu)
            continue
        wakes += cpu in idle
        idle.discard(cpu)
        since[cpu] = last
    return wakes, ran, last


def split(phone, what, seconds):
    """Figures a minute: wake-ups, and seconds that CPUs ran the switchboard, the personas, others."""
    path = os.path.join(BUILD, "bench", "idle-trace.json")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    phone.booth("trace", "--seconds", str(seconds), path)
    wakes, ran, whole = read(path)
    minutes = whole / 60
    print("idle, screen %s, a minute of the machine's time: %.0f wake-ups; %s" % (what, wakes / minutes, ", ".join(
        "%s %.2f s" % (name, spent / minutes) for name, spent in sorted(ran.items()))), flush=True)
    return {"wakeups_per_min": wakes / minutes, "switchboard_s_per_min": ran.pop("switchboard", 0) / minutes,
            "guests_s_per_min": sum(ran.values()) / minutes}
