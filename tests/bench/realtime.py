# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""
The real-time guest beside two personas that do all they can: compute, read and write their disks, download, draw.

The emulator executes the CPUs by turns of 50,000 instructions (100 us of the machine's time), and a CPU whose
timer is due waits for the others' turns: that much of the metronome's own figure is the emulator's. What the
hypervisor has to answer for is counted in instructions of the CPU that was interrupted (docs/design/realtime.md).
"""
import re
import time

import tax
from marked import Marked

TICKS = 10000
SECONDS = 900
LINE = ["bench.screen=1", "bench.port=%d"]
METRONOME = {"vm metronome": {"kind": "realtime", "kernel": "metronome/metronome.bin", "memory": "8M", "vcpus": "1",
                              "pcpus": "0", "priority": "7", "uart": "5", "autostart": "true"}}


def report(phone):
    """The metronome's newest report: fields by name, numbers."""
    phone.booth("console", "metronome", "")
    time.sleep(2)
    text = phone.booth("console", "metronome")["text"].replace("\r", "")
    lines = [line for line in text.splitlines() if line.startswith("metronome: n=")]
    return {key: int(value) for key, value in re.findall(r"([a-z0-9.]+)=(\d+)", lines[-1])} if lines else {"n": 0}


def metronome(phone, ticks):
    """Lateness over at least so many ticks of a millisecond: (p99.9, max) in microseconds."""
    phone.booth("console", "metronome", "r")
    end = time.monotonic() + SECONDS
    field = {"n": 0}
    while field["n"] < ticks:
        if time.monotonic() > end:
            raise TimeoutError("the metronome's ticks do not come: %d so far" % field["n"])
        time.sleep(5)
        field = report(phone)
    return field["p99.9"] * 1e6 / field["freq"], field["max"] * 1e6 / field["freq"]


def realtime():
    tax.images()
    server, port = tax.serve()
    line = tax.cmdline(["load"], [word % port if "%" in word else word for word in LINE])
    folder = tax.handset("realtime", [line, line], METRONOME)
    with Marked(folder, "realtime", "--icount", "--qemu-arg=-icount", "--qemu-arg=sleep=off") as phone:
        for _ in phone.until("loaded", SECONDS, 2):
            pass
        phone.booth("stats", "--reset")
        p999, largest = metronome(phone, TICKS)
        stats = phone.booth("stats", "--reset")
        phone.booth("vm", "restart", "guest1")
        restart = phone.booth("stats")
    server.shutdown()
    print("under load")
    show(stats)
    print("one persona stopped, cleared and started, the other still under load")
    show(restart)
    wait = stats["el2_waits"][0]
    return {"metronome_loaded_p999_us": p999, "metronome_loaded_max_us": largest,
            "irq_wait_p999_instructions": wait["p999"], "irq_wait_max_instructions": wait["max"],
            "loaded_el2_percent": 100 * stats["instructions"]["el2"] / stats["instructions"]["total"],
            "irq_wait_restart_max_instructions": restart["el2_waits"][0]["max"],
            "loaded_longest_el2_path_instructions": max(stats["el2_longest"].values()),
            "longest_el2_path_instructions": max(*stats["el2_longest"].values(), *restart["el2_longest"].values())}


def show(stats):
    print("%-20s %12s %12s %8s" % ("entered EL2 by", "times", "average", "longest"))
    for name, number in stats["exceptions"].items():
        print("%-20s %12d %12.1f %8d" % (name, number, stats["el2_instructions"].get(name, 0) / number,
                                         stats["el2_longest"].get(name, 0)))
    for cpu, wait in enumerate(stats["el2_waits"]):
        print("CPU %d: %d interrupts waited for EL2, 99.9 %% at most %d instructions, all at most %d" %
              (cpu, wait["count"], wait["p999"], wait["max"]), flush=True)
