# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""
What EL2 executes for one operation of a guest, counted by the emulator: tests/bench/micro/micro.c does
so many of a kind when it gets a letter on its console.
"""
import os
import shutil
import subprocess
import time

from phone import BUILD, TOP, Phone

OPERATIONS = 2000  # also in micro.c
SECONDS = 120
# letter: (its answer on the console, name of the result, what one operation is counted as)
LETTERS = {"h": ("hypercall", "hypercall_el2_instructions", 1),
           "t": ("timer", "timer_exit_el2_instructions", 1),
           "s": ("self", "self_ipi_el2_instructions", 1),
           "i": ("ipi", "ipi_el2_instructions", 1),  # both CPUs' part
           "w": ("wait", "vm_switch_el2_instructions", 2),  # away and back, with the WFI and the timer
           "r": ("register", "id_register_el2_instructions", 1),
           "g": ("gic", "vgic_read_el2_instructions", 1)}


def build_handset(path):
    """Two bare-metal guests, no switchboard."""
    subprocess.run(["make", "-s", "-C", TOP, "B=" + BUILD, "micro-guests"], check=True)
    shutil.rmtree(path, ignore_errors=True)
    tree = os.path.join(BUILD, "bench", "board.dtb")
    os.makedirs(os.path.dirname(tree), exist_ok=True)
    subprocess.run(["dtc", "-q", "-O", "dtb", "-o", tree, TOP + "/emulator/board/one.dts"], check=True)
    subprocess.run([BUILD + "/bin/pack", "build", "--board", tree, "--handset", TOP + "/tests/bench/micro/micro.ini",
                    "--images", BUILD + "/tests/bench/micro", "--hypervisor", BUILD + "/hypervisor/hypervisor.elf",
                    "--out", path], check=True)


def wait_for(phone, answer, count):
    end = time.monotonic() + SECONDS
    while phone.console("main").count(answer) < count:
        if time.monotonic() > end:
            raise TimeoutError("the guest does not say %r" % answer)
        time.sleep(0.2)


def measure(phone, letter):
    answer, name, parts = LETTERS[letter]
    phone.booth("stats", "--reset")
    phone.booth("console", "main", letter)
    wait_for(phone, "# %s 0x" % answer, 1)
    counted = phone.booth("stats")["instructions"]["el2"]
    return {name: counted / OPERATIONS / parts}


def micro():
    handset = os.path.join(BUILD, "bench", "micro")
    build_handset(handset)
    result = {}
    with Phone("--icount", name="bench-micro", handset=handset) as phone:
        wait_for(phone, "CPU_ON", 1)
        for letter in LETTERS:
            result.update(measure(phone, letter))
    return result
