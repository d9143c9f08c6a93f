# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""raise.py ID: runs in a persona, as its user; brings the newest window of that app to the front. It asks the
compositor as its task switchers do, by the Wayland protocol wlr-foreign-toplevel-management. Exit code 3: the app
has no window, 4: the compositor cannot do it."""
import os
import socket
import struct
import sys

NO_WINDOW, CANNOT = 3, 4
SECONDS = 20
MANAGER = "zwlr_foreign_toplevel_manager_v1"
DISPLAY, REGISTRY = 1, 2  # objects; the next ones have the next numbers


def string(text):
    data = text.encode() + b"\0"
    return struct.pack("<I", len(data)) + data + bytes(-len(data) % 4)


def string_in(body, place=0):
    length, = struct.unpack_from("<I", body, place)
    return body[place + 4:place + 3 + length].decode(errors="replace")


class Wayland:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(SECONDS)
        self.socket.connect(path)
        self.last = REGISTRY
        self.tasks = None
        self.globals = {}  # interface: its number
        self.windows = {}  # our numbers of them, in the order in which they were made: the app's ID

    def send(self, thing, request, body=b""):
        self.socket.sendall(struct.pack("<IHH", thing, request, 8 + len(body)) + body)

    def take(self, length):
        data = b""
        while len(data) < length:
            piece = self.socket.recv(length - len(data))
            if not piece:
                sys.exit("the compositor has ended the connection")
            data += piece
        return data

    def hear(self, thing, event, body):
        if thing == DISPLAY and event == 0:
            sys.exit("the compositor: " + string_in(body, 8))
        if thing == REGISTRY and event == 0:
            self.globals[string_in(body, 4)] = struct.unpack_from("<I", body)[0]
        elif thing == self.tasks and event == 0:
            self.windows[struct.unpack("<I", body)[0]] = ""
        elif thing in self.windows and event == 1:
            self.windows[thing] = string_in(body)
        elif thing in self.windows and event == 6:  # it is closed
            del self.windows[thing]

    def wait(self):
        """Until the compositor has done all that it was asked for."""
        self.last += 1
        done = self.last
        self.send(DISPLAY, 0, struct.pack("<I", done))
        while True:
            thing, event, length = struct.unpack("<IHH", self.take(8))
            body = self.take(length - 8)
            if thing == done:
                return
            self.hear(thing, event, body)

    def bind(self, interface):
        if interface not in self.globals:
            sys.exit(CANNOT)
        self.last += 1
        self.send(REGISTRY, 0, struct.pack("<I", self.globals[interface]) + string(interface) +
                  struct.pack("<II", 1, self.last))
        return self.last


def main():
    here = os.environ["XDG_RUNTIME_DIR"]
    wayland = Wayland(os.path.join(here, os.environ["WAYLAND_DISPLAY"]))
    wayland.send(DISPLAY, 1, struct.pack("<I", REGISTRY))
    wayland.wait()
    seat = wayland.bind("wl_seat")
    wayland.tasks = wayland.bind(MANAGER)
    wayland.wait()
    mine = [window for window, app in wayland.windows.items() if app == sys.argv[1]]
    if not mine:
        sys.exit(NO_WINDOW)
    wayland.send(mine[-1], 4, struct.pack("<I", seat))
    wayland.wait()


main()
