# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""
The same guest (tests/bench/micro/micro.c) under our hypervisor and under KVM of Debian's kernel, on the same
emulated machines: our board, whose Cortex-A53 has no VHE, so that KVM's host runs at EL1; and QEMU's
`virt` with a Neoverse N1, where Linux runs at EL2, which is KVM at its best.

A nanosecond is an instruction there (-icount shift=0), so the guest's own counter says how many
instructions one operation takes in all: guest, hypervisor and host.
"""
import os
import re
import shutil
import subprocess
import time

from marked import Marked
from micro import OPERATIONS, SECONDS, build_handset
from phone import BUILD, TOP
from tax import native

HERE = os.path.join(TOP, "tests", "bench", "kvm")
FOLDER = os.path.join(BUILD, "bench", "kvm")
VIRT = ["qemu-system-aarch64", "-M", "virt,virtualization=on,gic-version=3", "-cpu", "neoverse-n1", "-smp", "2", "-m",
        "2048"]
VIRT_RUN = ["-nodefaults", "-display", "none", "-accel", "tcg,thread=single", "-icount", "shift=0,sleep=off"]
REPEATABLE = ["--repeatable", "--qemu-arg=-icount", "--qemu-arg=shift=0"]
LINE = "console=ttyAMA0 quiet kpti=off"
ASKED_NS = 10000  # by the operations with a timer: micro.c
# name in the guest: (what it is, instructions that are no cost)
ROWS = {"psci": ("hypercall (PSCI_VERSION)", 0), "register": ("read of a trapped ID register", 0),
        "gic": ("read of a distributor register", 0), "eoi": ("acknowledge and EOI", 0),
        "self": ("SGI to itself, taken", 0), "ipi": ("SGI to another CPU, taken", 0),
        "ball": ("SGI to a sleeping vCPU of this CPU and back", 0),
        "timer": ("timer interrupt, beyond its time", ASKED_NS),
        "wait": ("the same while asleep", ASKED_NS)}


def initrd():
    """Of the host that runs the guest under KVM: its path."""
    root = os.path.join(FOLDER, "root")
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(root)
    subprocess.run(["make", "-s", "-C", TOP, "B=" + BUILD, "micro-guests", "kvm-host", BUILD + "/boards/one.dtb"], check=True)
    for file in HERE + "/init", BUILD + "/tests/bench/micro/micro.bin", BUILD + "/tests/bench/kvm/vmm":
        shutil.copy(file, root)
    path = os.path.join(FOLDER, "initrd.img")
    with open(path, "wb") as out:
        with open(BUILD + "/images/debian/initrd.img", "rb") as base:
            shutil.copyfileobj(base, out)
        out.flush()
        subprocess.run("find . | sort | cpio --quiet -o -H newc --reproducible -R 0:0", shell=True, cwd=root, check=True,
                       stdout=out)
    return path


def costs(text):
    """Instructions for one operation, by its name."""
    ticks = {name: int(value, 16) for name, value in re.findall(r"# (\w+) 0x([0-9a-f]+)", text)}
    return {name: ticks[name] * 1e9 / ticks["freq"] / OPERATIONS - free for name, (_, free) in ROWS.items()}


def on_board(name, handset, arguments=()):
    with Marked(handset, name, *REPEATABLE, *arguments) as marked:
        for _ in marked.until("done", SECONDS):
            pass
    logs = os.path.join(marked.folder, "phonebooth", "bench-" + name)
    for log in "main.log", "el2.log":
        if os.path.exists(os.path.join(logs, log)):
            with open(os.path.join(logs, log), encoding="utf-8", errors="replace") as file:
                return costs(file.read())
    raise RuntimeError("no console in " + logs)


def on_virt(name, arguments):
    log = os.path.join(FOLDER, name + ".log")
    with subprocess.Popen([*VIRT, *VIRT_RUN, "-serial", "file:" + log, *arguments], stdin=subprocess.DEVNULL) as machine:
        try:
            end = time.monotonic() + SECONDS
            while time.monotonic() < end and machine.poll() is None:
                time.sleep(0.5)
                with open(log, encoding="utf-8", errors="replace") as file:
                    text = file.read()
                if "@mark done" in text:
                    return costs(text)
        finally:
            machine.kill()
    raise RuntimeError("the guest did not come to its end: see " + log)


def ours_on_virt():
    tree = os.path.join(FOLDER, "virt.dtb")
    subprocess.run([*VIRT[:2], VIRT[2] + ",dumpdtb=" + tree, *VIRT[3:], "-nodefaults", "-display", "none"], check=True,
                   stderr=subprocess.DEVNULL)
    with open(TOP + "/tests/bench/micro/micro.ini", encoding="utf-8") as file:
        text = file.read().replace("uart=3", "uart=0")
    out = build_handset(os.path.join(FOLDER, "virt"), tree, text)
    words = ["-kernel", out + "/hypervisor.elf"]
    with open(out + "/handset.ini", encoding="utf-8") as file:
        for name, address in re.findall(r"^(\S+)=(0x[0-9a-f]+)$", file.read(), re.M):
            words += ["-device", "loader,file=%s/%s,addr=%s,force-raw=on" % (out, name, address)]
    return on_virt("ours", words)


def show(columns):
    print("%-44s %10s %10s %7s   %10s %10s %7s" % ("instructions for one", "ours, A53", "KVM, A53", "ratio", "ours, N1",
                                                   "KVM, N1", "ratio"))
    for name, (what, _) in ROWS.items():
        a, b, c, d = (column[name] for column in columns)
        print("%-44s %10.0f %10.0f %7.3f   %10.0f %10.0f %7.3f" % (what, a, b, a / b, c, d, c / d), flush=True)


def kvm():
    image = initrd()
    vmlinuz = BUILD + "/images/debian/vmlinuz"
    folder, arguments = native("kvm", LINE, image)
    columns = [on_board("kvm-ours", build_handset(os.path.join(BUILD, "bench", "micro"))),
               on_board("kvm", folder, arguments),
               ours_on_virt(),
               on_virt("kvm", ["-kernel", vmlinuz, "-initrd", image, "-append", LINE])]
    show(columns)
    result = {}
    for name, short in (("psci", "hypercall"), ("ipi", "ipi"), ("gic", "vgic_read"), ("ball", "wake_switch")):
        result[short + "_ratio_vs_kvm"] = columns[2][name] / columns[3][name]
        result[short + "_ratio_vs_kvm_without_vhe"] = columns[0][name] / columns[1][name]
    return result
