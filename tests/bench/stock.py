# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""The baseline: the same persona image on Debian's own QEMU, machine `virt`, no hypervisor."""
import configparser
import os
import shlex
import subprocess
import time

from phone import BUILD, SMALL, TOP

READY = b"phonebooth: home screen ready"
# Machine `virt` fills its virtio slots from the last to the first, so the last one here is the first disk.
LIMIT = 300  # seconds until a boot counts as failed
DEVICES = ["virtio-blk-device,drive=data", "virtio-blk-device,drive=system", "virtio-net-device,netdev=net",
           "virtio-gpu-device,xres=720,yres=1376", "virtio-tablet-device", "virtio-keyboard-device",
           "virtio-rng-device"]


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
    words = ["timeout", str(LIMIT), "qemu-system-aarch64", "-M", "virt,gic-version=3", "-cpu", "cortex-a53", "-nodefaults",
             "-display", "none", "-smp", ini["vm"]["vcpus"], "-m", ini["vm"]["memory"],
             "-accel", "tcg,thread=%s" % ("single" if os.cpu_count() <= 2 else "multi"),
             "-global", "virtio-mmio.force-legacy=false", "-serial", "stdio",
             "-kernel", os.path.join(images, "vmlinuz"), "-initrd", os.path.join(images, "initrd.img"),
             "-append", ini["system"]["cmdline"], "-netdev", "user,id=net",
             "-drive", "id=system,if=none,format=raw,readonly=on,file=%s" % os.path.join(images, "system.img"),
             "-drive", "id=data,if=none,format=raw,file=%s" % data]
    for device in DEVICES:
        words += ["-device", device]
    return words


def boot_seconds(name):
    """Seconds from the start of stock QEMU to the home screen of one persona alone."""
    folder = os.path.join(BUILD, "bench", "stock")
    os.makedirs(folder, exist_ok=True)
    data = os.path.join(folder, "data.img")
    source = os.path.join(BUILD, "images", SMALL, name, "data.img")
    subprocess.run(["cp", "--sparse=always", source, data], check=True)
    words = command(name, data)
    with open(os.path.join(folder, "console.log"), "wb") as log:
        log.write(shlex.join(words).encode() + b"\n")
        start = time.monotonic()
        with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as machine:
            try:
                for line in machine.stdout:
                    log.write(line)
                    if READY in line:
                        return time.monotonic() - start
            finally:
                machine.terminate()
    raise RuntimeError("no home screen on stock QEMU; see %s/console.log" % folder)
