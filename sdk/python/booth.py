# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Virtual phones from Python: libbooth's calls with keywords and dicts.

    import booth

    with booth.start("trial", "--headless", "--try") as phone:
        phone.wait_ready(timeout=300)
        phone.tap(x=360, y=700)
        phone.shot(file="/tmp/phone.png")

Every verb of docs/control-api.md is a method, with `_` for `-`; its members are keywords, and its reply is a dict.
"""
import json

import gi

gi.require_version("Json", "1.0")
gi.require_version("Booth", "0")
from gi.repository import Booth, GLib, Json  # noqa: E402


class Error(Exception):
    """What the phone, or the way to it, refuses. `code` is a word of the API (`no-vm`), or `connect`, `protocol`."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def _object(members):
    return Json.from_string(json.dumps(members)).get_object() if members else None


def _dict(found):
    node = Json.Node.new(Json.NodeType.OBJECT)
    node.set_object(found)
    return json.loads(Json.to_string(node, False))


def _do(function, *arguments):
    try:
        return function(*arguments)
    except GLib.Error as error:
        if error.domain != GLib.quark_to_string(Booth.error_quark()):
            raise
        code = Booth.Error(error.code).value_nick
        raise Error(code, error.message) from None


class Phone:
    """A connection to a running phone. As a context manager it ends the phone, if `start` has made it."""

    def __init__(self, connection, own=False):
        self.connection = connection  # Booth.Phone, for signals and calls that do not wait
        self._own = own

    def call(self, verb, **members):
        """Does what the verb says and returns the reply."""
        return _dict(_do(self.connection.call, verb, _object(members), None))

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda **members: self.call(name.replace("_", "-"), **members)

    def events(self, *names):
        """Asks for these events (without names: for all) and gives them as they come, for ever."""
        self.call("subscribe", **({"events": list(names)} if names else {}))
        while True:
            yield _dict(_do(self.connection.wait_event, None))

    def stop(self, **options):
        """Ends the phone (`now=True`: as a power cut does) and waits until its process is gone."""
        _do(self.connection.stop, _object(options), None)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self._own:
            self.stop(now=True)


def open(name=None):  # pylint: disable=redefined-builtin
    """Connects to the running phone of that name (`default`)."""
    return Phone(_do(Booth.Phone.open, name, None))


def start(name=None, *arguments):
    """Starts a phone of that name; `arguments` are words for `booth run`."""
    return Phone(_do(Booth.Phone.start, name, list(arguments), None), own=True)


def names():
    """The names of this user's phones that run."""
    return Booth.Phone.names()
