# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""The baseline: a persona's image on Debian's own QEMU of our version, machine `virt`, no hypervisor, the same threads."""
import configparser
import contextlib
import glob
import os
import shlex
import subprocess
import threading
import time

from phone import BUILD, SMALL, TOP, cpu_seconds

READY = "phonebooth: home screen ready"
LIMIT = 600  # seconds until a boot counts as failed
FOLDER = os.path.join(BUILD, "bench", "stock")
# Machine `virt` fills its virtio slots from the last to the first, so the last one here is the first disk.
DEVICES = ["virtio-blk-device,drive=data", "virtio-blk-device,drive=system", "virtio-net-device,netdev=net",
           "virtio-gpu-device,xres=720,yres=1376", "virtio-tablet-device", "virtio-keyboard-device",
           "virtio-rng-device"]


def version():
    """Of the QEMU that the emulator is made of."""
    with open(os.path.join(BUILD, "qemu", "src", "VERSION"), encoding="ascii") as file:
        return file.read().strip()


def program():
    """The path of stock QEMU of that version."""
    done = subprocess.run([os.path.join(TOP, "tests", "bench", "stock-qemu"), version(), os.path.join(FOLDER, "qemu")],
                          check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


def profile(name):
    path = os.path.join(TOP, "sample-guests", "debian", "profiles", name, "profile.ini")
    parser = configparser.ConfigParser(interpolation=None)
    with open(path, encoding="utf-8") as file:
        parser.read_file(file)
    return parser


def command(name, data):
    """The command line that boots the persona called name with the data disk data."""
    ini = profile(name)
    images = os.path.join(BUILD, "images", "debian")
    words = ["setpriv", "--pdeathsig", "KILL", program(), "-M", "virt,gic-version=3", "-cpu", "cortex-a53", "-nodefaults",
             "-display", "none", "-smp", ini["vm"]["vcpus"], "-m", ini["vm"]["memory"],
             "-accel", "tcg,thread=%s" % ("single" if os.cpu_count() < 2 else "multi"),
             "-global", "virtio-mmio.force-legacy=false", "-serial", "stdio",
             "-kernel", os.path.join(images, "vmlinuz"), "-initrd", os.path.join(images, "initrd.img"),
             "-append", ini["system"]["cmdline"], "-netdev", "user,id=net",
             "-drive", "id=system,if=none,format=raw,readonly=on,file=%s" % os.path.join(images, "system.img"),
             "-drive", "id=data,if=none,format=raw,file=%s" % data]
    for device in DEVICES:
        words += ["-device", device]
    return words


def fresh_disk(name):
    """A data disk of that persona's, as a new phone has it."""
    os.makedirs(FOLDER, exist_ok=True)
    path = os.path.join(FOLDER, name + ".img")
    (source,) = glob.glob(os.path.join(BUILD, "images", SMALL, name, "data.img"))
    subprocess.run(["qemu-img", "convert", "-f", "raw", "-O", "raw", source, path], check=True)
    return path


class Machine:
    """with Machine("personal") as machine: a persona alone. Its console is read from the start."""

    def __init__(self, name):
        self.words = command(name, fresh_disk(name))
        self.log = os.path.join(FOLDER, name + ".log")
        self.text = ""
        self.news = threading.Condition()

    def __enter__(self):
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.reader.join()

    def read(self):
        with open(self.log, "wb") as log:
            log.write(shlex.join(self.words).encode() + b"\n")
            for line in self.process.stdout:
                log.write(line)
                log.flush()
                with self.news:
                    self.text += line.decode(errors="replace").replace("\r", "")
                    self.news.notify_all()
        with self.news:
            self.news.notify_all()

    def wait(self):
        """Seconds from the start to the home screen."""
        self.find(lambda text: READY in text, LIMIT)
        return time.monotonic() - self.started

    def find(self, good, seconds):
        with self.news:
            self.news.wait_for(lambda: good(self.text) or self.process.poll() is not None, seconds)
            if not good(self.text):
                raise TimeoutError("stock QEMU did not come that far; see " + self.log)
        return self.text

    def type(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def console(self):
        return self.text

    def cpu_s(self):
        return cpu_seconds(self.process.pid)


def boots(names):
    """
    Boots these personas at once, an instance of stock QEMU for each: seconds to each home screen, and the CPU seconds
    of all until the last one.
    """
    with contextlib.ExitStack() as stack:
        machines = [stack.enter_context(Machine(name)) for name in names]
        ready = {}
        while len(ready) < len(machines):
            for machine in machines:
                if machine not in ready and READY in machine.text:
                    ready[machine] = time.monotonic() - machine.started
                elif machine.process.poll() is not None or time.monotonic() - machine.started > LIMIT:
                    raise RuntimeError("no home screen on stock QEMU; see " + machine.log)
            time.sleep(0.05)
        return [ready[machine] for machine in machines], sum(machine.cpu_s() for machine in machines)
