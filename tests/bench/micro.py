# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""
What EL2 executes for one operation of a guest, counted by the emulator while the guest of
tests/bench/micro/micro.c does so many of a kind.
"""
import os
import shutil
import subprocess

from marked import Marked
from phone import BUILD, TOP

OPERATIONS = 2000  # also in micro.c
SECONDS = 300
# its name in the guest: (name of the result, what one operation is counted as)
NAMES = {"hypercall": ("hypercall_el2_instructions", 1),
         "psci": ("psci_el2_instructions", 1),
         "register": ("id_register_el2_instructions", 1),
         "gic": ("vgic_read_el2_instructions", 1),
         "eoi": ("eoi_el2_instructions", 1),
         "timer": ("timer_exit_el2_instructions", 1),
         "self": ("self_ipi_el2_instructions", 1),
         "ipi": ("ipi_el2_instructions", 1),  # both CPUs' part
         "wait": ("vm_switch_el2_instructions", 2),  # away and back, with the WFI and the timer
         "ball": ("wake_switch_el2_instructions", 2)}  # there and back, each with SGI, WFI and switch


def build_handset(path, board=None, description=None):
    """Two bare-metal guests, no switchboard; on our board, as micro.ini describes them, unless told otherwise."""
    subprocess.run(["make", "-s", "-C", TOP, "B=" + BUILD, "micro-guests", BUILD + "/boards/one.dtb"], check=True)
    shutil.rmtree(path, ignore_errors=True)
    ini = path + ".ini"
    with open(TOP + "/tests/bench/micro/micro.ini", encoding="utf-8") as source, open(ini, "w", encoding="utf-8") as file:
        file.write(description or source.read())
    subprocess.run([BUILD + "/bin/pack", "build", "--board", board or BUILD + "/boards/one.dtb", "--handset", ini, "--images", BUILD + "/tests/bench/micro", "--hypervisor",
                    BUILD + "/hypervisor/hypervisor.elf", "--out", path], check=True)
    return path


def micro():
    result = {}
    with Marked(build_handset(os.path.join(BUILD, "bench", "micro")), "micro", "--repeatable") as marked:
        for mark in marked.until("done", SECONDS):
            word, _, name = mark["mark"].partition(" ")
            if word == "end" and name in NAMES:
                result[NAMES[name][0]] = mark["instructions"]["el2"] / OPERATIONS / NAMES[name][1]
    return result
