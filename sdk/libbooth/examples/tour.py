#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""The tour of tour.c in Python, by GObject Introspection alone: tour.py [NAME]. The module `booth` is shorter."""
import sys

import gi

gi.require_version("Booth", "0")
from gi.repository import Booth, GLib, Json  # noqa: E402

phone = Booth.Phone.open(sys.argv[1] if len(sys.argv) > 1 else None, None)
status = phone.status(None, None)
print(status.get_string_member("name"), "is", status.get_string_member("machine"))

options = Json.Object.new()
options.set_int_member("hold_ms", 20)
phone.tap(360, 700, options, None)

try:
    phone.switch("nobody", None, None)
except GLib.Error as error:
    if not error.matches(Booth.error_quark(), Booth.Error.NO_VM):
        raise
    print("refused:", error.message)

loop = GLib.MainLoop()
seen = set()


def done(what):
    seen.add(what)
    if seen == {"reply", "event"}:
        loop.quit()


def on_front(_phone, event):
    print("event:", event.get_string_member("vm"), "is in front")
    done("event")


def on_switched(_phone, result):
    print("shown after", phone.call_finish(result).get_int_member("us"), "us")
    done("reply")


phone.subscribe(None, None)
phone.connect("event::front", on_front)
phone.switch_async("next", None, None, on_switched)
loop.run()
