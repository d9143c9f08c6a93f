# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Runs in a persona, as its user: what the windows of its apps contain, as screen readers see it (AT-SPI).

accessible.py list|gone|do ROLE NAME SECONDS: prints each thing that is shown and has this role and name as a line of
JSON; an empty ROLE or NAME fits all, and * in a NAME stands for any text. `list` waits until there is one, `gone` until
there is none, for so long; `do` waits until the first is enabled, too, and presses it. Ends with 0, with 1 if it is not
so, with 3 if there is no AT-SPI, with 4 if it cannot be pressed.
"""
import fnmatch
import json
import sys
import time

from gi.repository import Gio, GLib

PREFIX = "org.a11y.atspi."
REGISTRY = (PREFIX + "Registry", "/org/a11y/atspi/accessible/root")
SENSITIVE, SHOWING, VISIBLE = 1 << 24, 1 << 25, 1 << 30  # AtspiStateType
MOST, DEPTH = 4000, 60  # things, and one in another: apps are hostile
CALL_MS = 10000
PAUSE = 0.3


def ask_all(bus, calls):
    """The values of each reply to (place, interface, method, arguments); None: it has failed. All are asked at once: an
    emulated CPU takes long from one program to another."""
    replies, left, loop = [None] * len(calls), [len(calls)], GLib.MainLoop()

    def done(_bus, result, index):
        try:
            replies[index] = bus.call_finish(result).unpack()
        except GLib.Error:
            pass
        left[0] -= 1
        if left[0] == 0:
            loop.quit()

    for index, (place, interface, method, arguments) in enumerate(calls):
        bus.call(place[0], place[1], interface, method, arguments, None, Gio.DBusCallFlags.NONE, CALL_MS, None, done, index)
    if calls:
        loop.run()
    return replies


def first(reply, otherwise):
    return reply[0] if reply else otherwise


def call(bus, place, interface, method, arguments=None):
    return ask_all(bus, [(place, interface, method, arguments)])[0]


def has(state, bit):
    """The reply to GetState has this one of the first 32 states."""
    return bool((first(state, []) or [0])[0] & bit)


def connect():
    """The bus of AT-SPI; apps that have waited for somebody to look come to it then."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = call(session, ("org.a11y.Bus", "/org/a11y/bus"), "org.a11y.Bus", "GetAddress")
    if not address:
        sys.exit(3)
    call(session, ("org.a11y.Bus", "/org/a11y/bus"), "org.freedesktop.DBus.Properties", "Set",
         GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True))))
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address[0], flags)


def property_of(place, interface, name):
    return place, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (PREFIX + interface, name))


def about(place, method):
    return place, PREFIX + "Accessible", method, None


class Thing:
    """Something in a window: where it is among the others, its app's name, the places that it is in."""

    def __init__(self, order, app, place, above, bit):
        self.order, self.app, self.place, self.above, self.bit = order, app, place, above, bit
        self.name = self.role = ""


def windows(bus):
    apps = first(call(bus, *about(REGISTRY, "GetChildren")), [])
    names = ask_all(bus, [property_of(app, "Accessible", "Name") for app in apps])
    versions = ask_all(bus, [property_of(app, "Application", "Version") for app in apps])
    children = ask_all(bus, [about(app, "GetChildren") for app in apps])
    for number, app in enumerate(apps):
        # GTK 4 says that windows are shown, and of what is in them only whether it is visible
        bit = VISIBLE if first(versions[number], "").startswith("4.") else SHOWING
        for index, child in enumerate(first(children[number], [])):
            yield Thing((number, index), first(names[number], "?"), child, (app,), bit)


def below(thing, children):
    above = thing.above + (thing.place,)
    return [Thing(thing.order + (index,), thing.app, child, above, thing.bit) for index, child in enumerate(children)]


def walk(bus):
    """All that is shown, level by level; what a hidden thing contains is hidden."""
    level, left = list(windows(bus)), MOST
    for _ in range(DEPTH):
        level = level[:left]
        left -= len(level)
        states = ask_all(bus, [about(thing.place, "GetState") for thing in level])
        level = [thing for thing, state in zip(level, states) if has(state, thing.bit)]
        names = ask_all(bus, [property_of(thing.place, "Accessible", "Name") for thing in level])
        for thing, name in zip(level, names):
            thing.name = first(name, "")
            yield thing
        children = ask_all(bus, [about(thing.place, "GetChildren") for thing in level])
        level = [one for thing, some in zip(level, children) for one in below(thing, first(some, []))]


def plain(text):
    return " ".join(text.split()).casefold()


def fits(text, pattern):
    return not pattern or fnmatch.fnmatchcase(plain(text), plain(pattern).replace("[", "[[]").replace("?", "[?]"))


def find(bus, role, name):
    """In the order of the windows."""
    found = [thing for thing in walk(bus) if thing.name and fits(thing.name, name)]
    for thing, reply in zip(found, ask_all(bus, [about(thing.place, "GetRoleName") for thing in found])):
        thing.role = first(reply, "")
    return sorted((thing for thing in found if fits(thing.role, role)), key=lambda thing: thing.order)


def show(bus, things):
    """With their places in their windows, in the windows' pixels."""
    extents = ask_all(bus, [(thing.place, PREFIX + "Component", "GetExtents", GLib.Variant("(u)", (1,))) for thing in things])
    for thing, reply in zip(things, extents):
        x, y, width, height = first(reply, (0, 0, 0, 0))
        print(json.dumps({"app": thing.app, "role": thing.role, "name": thing.name, "x": x, "y": y, "width": width,
                          "height": height}))


def to_press(bus, thing):
    """The thing, or the nearest one around it that can be pressed: a label is in its button. None: there is none."""
    for one in (thing.place,) + thing.above[:0:-1]:
        if first(call(bus, *property_of(one, "Action", "NActions")), 0) > 0:
            return one
    return None


def is_enabled(bus, place):
    return has(call(bus, *about(place, "GetState")), SENSITIVE)


def press(bus, place):
    return first(call(bus, place, PREFIX + "Action", "DoAction", GLib.Variant("(i)", (0,))), False)


def refuse(thing, why):
    print(f"booth: the {thing.role} '{thing.name}' of {thing.app} {why}", file=sys.stderr)
    sys.exit(4)


def main():
    action, role, name, seconds = sys.argv[1:]
    bus, end = connect(), time.monotonic() + float(seconds)
    while True:
        found = find(bus, role, name)
        place = to_press(bus, found[0]) if action == "do" and found else None
        enabled = not place or is_enabled(bus, place)
        if (bool(found) != (action == "gone") and enabled) or time.monotonic() >= end:
            break
        time.sleep(PAUSE)
    if bool(found) == (action == "gone"):
        sys.exit(1)
    if action == "do" and not enabled:
        refuse(found[0], "is disabled")
    if action == "do" and not (place and press(bus, place)):
        refuse(found[0], "cannot be pressed")
    show(bus, found[:1] if action == "do" else found)


main()
