# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""
What the hypervisor takes of a CPU: Debian's kernel with the same programs on the board without
hypervisor, under it as the only persona, and with another persona idle beside it. Instructions are
counted from a line on the guest's console to the next, at the instruction that sends it.
"""
import configparser
import http.server
import os
import shutil
import subprocess
import threading

from marked import Marked
from phone import BUILD, TOP

HERE = os.path.join(TOP, "tests", "bench", "tax")
FOLDER = os.path.join(BUILD, "bench", "tax")
ALONE = ["sha256", "sort", "gzip", "xz", "sqlite", "openssl"]
TOGETHER = ["messaging", "pipe"]  # programs that wake each other: SGIs
CPU = ALONE + TOGETHER
DISK = ["read", "write", "sync"]
NETWORK = ["download"]
DOWNLOAD_BYTES = 8 << 20
SECONDS = 600
SEED = ["0x%08x" % (0x5eed0000 + n) for n in range(16)]
QUIET = "quiet kpti=off printk.time=0 console=ttyAMA0"  # as the phone's personas


def cmdline(workloads, words=()):
    return " ".join([QUIET, *words] + (["bench=" + ",".join(workloads)] if workloads else []))


def images():
    """The initial RAM disk of the guest: its path."""
    os.makedirs(FOLDER, exist_ok=True)
    debian = os.path.join(BUILD, "images", "debian")
    initrd = os.path.join(FOLDER, "initrd.img")
    subprocess.run([HERE + "/build-guest", debian, initrd, os.path.join(BUILD, "cache", "bench-guest")], check=True)
    disk = os.path.join(FOLDER, "disk.img")
    if not os.path.exists(disk):
        with open(disk, "wb") as file:
            file.truncate(64 << 20)
    return initrd


def profile(name):
    """A persona's profile folder."""
    folder = os.path.join(FOLDER, name)
    os.makedirs(folder, exist_ok=True)
    ini = configparser.ConfigParser()
    ini["profile"] = {"name": name, "display-name": name, "colour": "#3584e4"}
    ini["system"] = {"kernel": "vmlinuz", "initrd": "initrd.img", "system": "disk.img", "cmdline": QUIET}
    ini["data"] = {"size": "64M"}
    ini["vm"] = {"memory": "1024", "vcpus": "2", "share": "all"}
    with open(folder + "/profile.ini", "w", encoding="utf-8") as file:
        ini.write(file, space_around_delimiters=False)
    return folder


def seed(tree):
    """The same randomness each time, in the device tree called `tree`."""
    subprocess.run(["fdtput", "-t", "x", tree, "/chosen", "rng-seed", *SEED], check=True)


def handset(name, lines, others=None):
    """A handset of the switchboard, a persona for each command line, and `others` (ini groups): its folder."""
    ini = configparser.ConfigParser()
    ini["handset"] = {"name": "tax", "skin": "one", "memory": "3G", "el2-uart": "0"}
    ini["vm switchboard"] = {"kind": "switchboard", "memory": "128M", "vcpus": "1", "pcpus": "0", "priority": "6",
                             "uart": "1", "service-uart": "2"}
    for number, line in enumerate(lines):
        ini["vm guest%d" % number] = {
            "kind": "persona", "profile": profile("guest%d" % number), "pcpus": ["1;2", "3;2"][number],
            "priority": "3", "slice-us": "10000", "uart": str(3 + number), "autostart": "true", "cmdline": line}
    ini.update(others or {})
    description = os.path.join(FOLDER, name + ".ini")
    with open(description, "w", encoding="utf-8") as file:
        ini.write(file, space_around_delimiters=False)
    out = os.path.join(FOLDER, name)
    shutil.rmtree(out, ignore_errors=True)
    subprocess.run([BUILD + "/bin/pack", "build", "--board", BUILD + "/boards/one.dtb", "--handset", description, "--images",
                    FOLDER, "--images", os.path.join(BUILD, "images", "debian"), "--images",
                    os.path.join(BUILD, "images"), "--hypervisor",
                    BUILD + "/hypervisor/hypervisor.elf", "--switchboard", BUILD + "/hypervisor/switchboard.bin",
                    "--out", out], check=True)
    seed(out + "/switchboard.dtb")
    return out


def native(name, line, initrd):
    """A handset that is Debian's kernel and nothing else, and what the emulator must be told: (folder, arguments)."""
    out = os.path.join(FOLDER, name)
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    kernel = os.path.join(BUILD, "images", "debian", "vmlinuz")
    with open(out + "/handset.ini", "w", encoding="utf-8") as file:
        file.write("[handset]\nname=native\nboard=one\nmemory=3072\nkernel=%s\n[load]\n[emmc]\n"
                   "[vm 0]\nname=native\nkind=realtime\nuart=3\n" % kernel)
    tree = shutil.copy(BUILD + "/boards/one.dtb", out)
    seed(tree)  # a persona has random numbers from its start, and without them each system call takes ten times as long
    words = ["-initrd", initrd, "-dtb", tree, "-append", line]
    return out, ["--qemu-arg=" + word for word in words]


def workloads(marks):
    """From marks to a dict by workload: the counts between its begin and its end, and its ticks."""
    result, name = {}, None
    for mark in marks:
        what, *words = mark["mark"].split()
        if what == "failed":
            raise RuntimeError("workload %s failed" % words[0])
        if what == "end":
            result[words[0]] = mark
        if what == "ticks":
            result[words[0]]["ticks"] = int(words[1])
    return result


def run(name, folder, arguments):
    with Marked(folder, name, *arguments) as marked:
        return workloads(marked.until("done", SECONDS))


def guest(counts):
    return counts["instructions"]["el0"] + counts["instructions"]["el1"]


def total(runs, what):
    return sum(what(counts) for counts in runs.values())


def el2(counts):
    return counts["instructions"]["el2"]


def exits(counts):
    return sum(counts["exceptions"].values())


def own_exits(counts):
    """Of the first persona's CPUs; alone it shares them with nobody, the switchboard is on CPU 0."""
    return sum(counts["el2_waits"][cpu]["exceptions"] for cpu in (1, 2))


def show(title, runs, reference):
    print("%s\n%-10s %14s %8s %12s %10s %8s %8s %8s %9s" % (
        title, "", "guest", "native", "EL2", "exceptions", "EL2/exc", "ticks", "own/tick", "tax"))
    for name, counts in runs.items():
        ratio = "%.4f" % (guest(counts) / guest(reference[name])) if name in reference else "-"
        print("%-10s %14d %8s %12d %10d %8.1f %8d %8.2f %8.4f%%" % (
            name, guest(counts), ratio, el2(counts), exits(counts), el2(counts) / max(exits(counts), 1),
            counts["ticks"], own_exits(counts) / max(counts["ticks"], 1), 100 * el2(counts) / guest(counts)), flush=True)


def serve():
    """Something to download: (server, port)."""
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(DOWNLOAD_BYTES))
            self.end_headers()
            self.wfile.write(bytes(DOWNLOAD_BYTES))

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, server.server_address[1]


def tax():
    """Repeatable, but for the network: what comes from the host comes in the host's time."""
    folder, arguments = native("native", cmdline(CPU, ["maxcpus=2"]), images())
    reference = run("native", folder, ["--repeatable", *arguments])
    alone = run("alone", handset("alone", [cmdline(CPU)]), ["--repeatable"])
    beside = run("beside", handset("beside", [cmdline(CPU, ["bench.delay=10"]), cmdline([])]), ["--repeatable"])
    io = run("disk", handset("disk", [cmdline(DISK)]), ["--repeatable"])
    server, port = serve()
    io.update(run("net", handset("net", [cmdline(NETWORK, ["bench.port=%d" % port])]), ["--icount"]))
    server.shutdown()
    show("native, no hypervisor", reference, reference)
    show("the only persona", alone, reference)
    show("another persona idle beside it", beside, reference)
    show("I/O, the only persona", io, {})
    return figures(reference, alone, beside, io)


def share(runs):
    return 100 * total(runs, el2) / total(runs, guest)


def sgi_exits(counts):
    """An SGI to another CPU is two: it is trapped (nothing else is, here), and the other CPU is called."""
    return 2 * counts["exceptions"].get("sysreg", 0)


def per_exit(runs, kind):
    """EL2's instructions for one exception of that class."""
    return (total(runs, lambda counts: counts["el2_instructions"].get(kind, 0)) /
            total(runs, lambda counts: counts["exceptions"].get(kind, 0)))


def figures(reference, alone, beside, io):
    calm = {name: alone[name] for name in ALONE}
    ticks = total(calm, lambda counts: counts["ticks"])
    return {"tax_cpu_percent": share(alone), "tax_cpu_beside_idle_percent": share(beside), "tax_io_percent": share(io),
            "exits_per_tick": total(calm, own_exits) / ticks,
            "exits_per_tick_without_sgis": (total(calm, own_exits) - total(calm, sgi_exits)) / ticks,
            "boot_el2_instructions": next(iter(beside.values()))["el2_boot"],
            "notify_el2_instructions": per_exit(io, "data-abort"), "virtio_raise_el2_instructions": per_exit(io, "hvc"),
            "io_exit_el2_instructions": total(io, el2) / total(io, exits),
            "tax_guest_instructions_vs_native": total(alone, guest) / total(reference, guest)}
