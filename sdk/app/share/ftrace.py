# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""For `booth trace --kernel`: runs in a persona, as its root, and records what its kernel does until its input ends.
Prints the clock, a line "clock COUNTER NS" (CNTVCT_EL0, and the clock of the records at that moment), twice, and then
the records as the kernel prints them."""
import ctypes
import mmap
import os
import shutil
import signal
import sys
import time

TRACING = "/sys/kernel/tracing/"
EVENTS = ("sched/sched_switch", "irq/irq_handler_entry", "irq/irq_handler_exit", "irq/softirq_entry",
          "irq/softirq_exit")
KIB = 4096  # of each CPU; the oldest records go first
READ_COUNTER = bytes.fromhex("df3f03d5" "40e03bd5" "c0035fd6")  # isb; mrs x0, cntvct_el0; ret


def get(name):
    with open(TRACING + name) as file:
        return file.read().strip()


def put(name, text):
    with open(TRACING + name, "w") as file:
        file.write(text)


def choice(name):
    """Of "local global [boot]" the one that is in force."""
    return get(name).split("[")[1].split("]")[0]


def make_counter():
    code = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(READ_COUNTER)
    place = ctypes.addressof(ctypes.c_char.from_buffer(code))
    function = ctypes.CFUNCTYPE(ctypes.c_uint64)(place)
    function.code = code  # which lives as long as the function
    return function


def say_clock(counter):
    """The best of some tries: the one in which least time has passed."""
    tries = []
    for _ in range(20):
        before = counter()
        ns = time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW)
        after = counter()
        tries.append((after - before, (before + after) // 2, ns))
    print("clock", *min(tries)[1:], flush=True)


def record(counter):
    put("tracing_on", "0")
    put("trace", "")
    put("trace_clock", "mono_raw")  # the counter itself, in nanoseconds
    put("buffer_size_kb", str(KIB))
    for event in EVENTS:
        put(f"events/{event}/enable", "1")
    put("tracing_on", "1")
    say_clock(counter)
    sys.stdin.buffer.read()
    put("tracing_on", "0")
    say_clock(counter)
    with open(TRACING + "trace", "rb") as file:
        shutil.copyfileobj(file, sys.stdout.buffer)
    sys.stdout.flush()


def main():
    if not os.path.exists(TRACING + "trace"):
        sys.exit("booth: the persona's kernel has no ftrace")
    if get("set_event") or get("current_tracer") != "nop":
        sys.exit("booth: somebody records with the persona's ftrace already")
    clock, size, on = choice("trace_clock"), get("buffer_size_kb").split()[0], get("tracing_on")
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(1))
    try:
        record(make_counter())
    finally:
        put("set_event", "")
        put("trace", "")
        put("trace_clock", clock)
        put("buffer_size_kb", size)
        put("tracing_on", on)


main()
