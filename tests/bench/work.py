# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""
The same work in a persona of ours, the other one idle beside it, and in the same persona alone on stock QEMU of
the same version with the same threads. Both run all the time and work in turns, a few seconds each, so that a
busy host takes as much from one as from the other. The guest takes the time: its clock is the host's.
"""
import contextlib
import re
import statistics
import time

from boot import PERSONAS, packed
from phone import Phone
from stock import Machine

ROUNDS = 7
LIMIT = 300  # seconds for one piece of work

# Debian's own programs. Each takes some seconds.
WORK = {
    "cpu": "for n in 1 2 3 4 5 6; do gzip -1 < /usr/bin/bash; done > /dev/null",
    "syscall": "dd if=/dev/zero of=/dev/null bs=1 count=400000 2> /dev/null",
    "fork": "for n in {1..250}; do /usr/bin/true; done",
    "app_start": "for n in 1 2 3 4 5; do as_user foot true; done",
}
# What the console's root shell must know. An app is started in the persona's session: it connects to the compositor,
# opens a window, and ends with the program that it was started for.
SETUP = ("as_user() { setpriv --reuid=1000 --regid=1000 --clear-groups env HOME=/home/phone XDG_RUNTIME_DIR=/run/user/1000"
         " WAYLAND_DISPLAY=wayland-0 \"$@\" 2> /dev/null; }; "
         "bench() { local a=$EPOCHREALTIME; eval \"$2\"; local s=$? b=$EPOCHREALTIME; sleep 1; echo @work $1 $s"
         " $((${b/./} - ${a/./})); }")


class Ours:
    """The persona in a phone that runs."""

    def __init__(self, phone):
        self.phone = phone

    def type(self, line):
        self.phone.type(PERSONAS[0], line)

    def console(self):
        return self.phone.console(PERSONAS[0])

    def cpu_s(self):
        return self.phone.booth("stats")["cpu_s"]


def seconds(guest, name, number, command):
    """What it took: seconds of the guest's clock, and the emulator's CPU seconds."""
    label = "%s-%d" % (name, number)
    before, end = guest.cpu_s(), time.monotonic() + LIMIT
    guest.type("bench %s '%s'" % (label, command))
    while time.monotonic() < end:
        time.sleep(0.5)
        found = re.search(r"^@work %s (\d+) (\d+)$" % label, guest.console(), re.M)
        if found:
            if found[1] != "0":
                raise RuntimeError("%s failed with status %s" % (name, found[1]))
            return int(found[2]) / 1e6, guest.cpu_s() - before
    raise TimeoutError("%s did not end within %d s" % (name, LIMIT))


def ratio(name, ours, stock):
    """Speed against stock: the median of the rounds' ratios, and the smallest and largest."""
    ratios = sorted(theirs / own for own, theirs in zip(ours, stock))
    print("%-10s ours %.2f s, stock %.2f s; speed against stock %.2f (%.2f to %.2f)" % (
        name, statistics.median(ours), statistics.median(stock), statistics.median(ratios), ratios[0], ratios[-1]),
        flush=True)
    return statistics.median(ratios)


def alternate(guests, name, command):
    """Lists of (seconds, CPU seconds) of each guest. The first round warms up and is not counted."""
    results = [[] for _ in guests]
    for number in range(ROUNDS + 1):
        for guest, result in zip(guests, results):
            result.append(seconds(guest, name, number, command))
    return [result[1:] for result in results]


@contextlib.contextmanager
def side_by_side():
    """The guests whose turns are taken: the persona in our phone, and on stock QEMU."""
    with Phone("--try", handset=packed(PERSONAS)) as phone, Machine(PERSONAS[0]) as stock:
        phone.wait()
        stock.wait()
        time.sleep(20)
        guests = [Ours(phone), stock]
        for guest in guests:
            guest.type(SETUP)
        yield guests


def compare(guests, name, command):
    """The speed of a piece of work against stock, by the clock; by CPU time it is printed."""
    ours, theirs = alternate(guests, name, command)
    speed = ratio(name, [wall for wall, _ in ours], [wall for wall, _ in theirs])
    ratio("  CPU", [cpu for _, cpu in ours], [cpu for _, cpu in theirs])
    return speed


def work():
    with side_by_side() as guests:
        return {name + "_ratio_vs_stock": compare(guests, name, command) for name, command in WORK.items()}
