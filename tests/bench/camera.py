# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Frames a second of a persona's camera, by Debian's vhci-hcd and uvcvideo (tests/system/look.c), which take them as they
come; a program that shows JPEG decodes them besides."""
import os

from phone import BUILD, Phone, serve

PROGRAM = os.path.join(BUILD, "tests", "look")
FRAMES = 100
DEVICE = "/dev/$(cd /sys/class/video4linux && grep -l '^Back' */name | head -n 1 | cut -d/ -f1)"
KINDS = {"yuy2_240": "320 240", "yuy2_480": "640 480", "jpeg_480": "640 480", "jpeg_720": "1280 720"}


def rate_of(phone, number, kind, size):
    """`number`: of the runs so far."""
    phone.type("personal", f"/tmp/look take {DEVICE} {size} {FRAMES} /tmp/frame {'jpeg' if 'jpeg' in kind else ''}")
    found = phone.find("personal", r"^frames \d+ whole (\d+) rate ([0-9.]+)$", 300, number)
    print(f"camera: {kind}: {found[1]} of {FRAMES} frames whole", flush=True)
    return float(found[2])


def camera():
    server = serve(os.path.dirname(PROGRAM))
    with Phone() as phone:
        phone.settle()
        phone.booth("switch", "personal")
        phone.hand("personal", server, "look")
        phone.type("personal", "for module in vmw_vsock_virtio_transport vhci-hcd uvcvideo; do busybox modprobe $module; done; "
                   "/tmp/look attach; sleep 10; echo attached-$((6 * 7))")
        phone.find("personal", "^attached-42$", 120)
        result = {f"camera_{kind}_fps": rate_of(phone, number, kind, size) for number, (kind, size) in enumerate(KINDS.items())}
    server.shutdown()
    return result
