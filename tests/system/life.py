# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""A phone's start and end by libbooth's asynchronous functions: life.py NAME HANDSET. The main loop goes on meanwhile."""
import sys

import gi

gi.require_version("Booth", "0")
from gi.repository import Booth, Gio, GLib, Json  # noqa: E402

name, handset = sys.argv[1:]
words = ["--handset", handset, "--headless", "--cold", "--try"]
loop = GLib.MainLoop()
ticks = 0


def tick():
    global ticks
    ticks += 1
    return GLib.SOURCE_CONTINUE


def until(begin, finish):
    """What `finish` makes of the result of what `begin` begins, and how often the loop turned until then."""
    answer, before = [], ticks

    def done(source, result, *_):
        try:
            answer.append(finish(source, result))
        except GLib.Error as error:
            answer.append(error)
        loop.quit()

    begin(done)
    assert not answer, "it has not waited for the loop"
    loop.run()
    return answer[0], ticks - before


def start(arguments, cancellable=None):
    return until(lambda done: Booth.Phone.start_async(name, arguments, cancellable, done),
                 lambda _, result: Booth.Phone.start_finish(result))


def is_error(what, code):
    return isinstance(what, GLib.Error) and what.matches(Booth.error_quark(), code)


GLib.timeout_add(10, tick)
phone, turned = start(words)
assert isinstance(phone, Booth.Phone), phone
assert turned > 3, f"the loop stood still: {turned}"
assert phone.status(None, None).get_string_member("name") == name
second, _ = start(words)
assert is_error(second, Booth.Error.REFUSED) and "a phone runs already" in second.message, second
now = Json.Object.new()
now.set_boolean_member("now", True)
ended, turned = until(lambda done: phone.stop_async(now, None, done), lambda source, result: source.stop_finish(result))
assert ended is True and turned > 0, (ended, turned)
gone, _ = until(lambda done: phone.stop_async(None, None, done), lambda source, result: source.stop_finish(result))
assert isinstance(gone, GLib.Error), gone
wrong, _ = start(["--no-such-option"])
assert isinstance(wrong, GLib.Error) and "--no-such-option" in wrong.message, wrong
cancellable = Gio.Cancellable()
GLib.timeout_add(50, cancellable.cancel)
cancelled, _ = start(words, cancellable)
assert isinstance(cancelled, GLib.Error) and cancelled.matches(Gio.io_error_quark(), Gio.IOErrorEnum.CANCELLED), cancelled
print("started and stopped")
