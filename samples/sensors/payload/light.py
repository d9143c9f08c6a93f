# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""The light sensor, by iio-sensor-proxy."""
from gi.repository import Gio, GLib

NAME = "net.hadess.SensorProxy"


def watch(show, complain):
    """Calls show(lux) now and whenever the light changes; complain(text) if that cannot be."""

    def changed(proxy, *_):
        lux = proxy.get_cached_property("LightLevel")
        if lux is not None and proxy.get_cached_property("HasAmbientLight"):
            show(lux.unpack())

    def claimed(proxy, result):
        try:
            proxy.call_finish(result)
            changed(proxy)
        except GLib.Error as error:
            complain(error.message)

    def found(_, result):
        try:
            proxy = Gio.DBusProxy.new_for_bus_finish(result)
        except GLib.Error as error:
            complain(error.message)
            return
        watch.proxy = proxy  # it lives as long as the app
        proxy.connect("g-properties-changed", changed)
        proxy.call("ClaimLight", None, Gio.DBusCallFlags.NONE, -1, None, claimed)

    Gio.DBusProxy.new_for_bus(Gio.BusType.SYSTEM, Gio.DBusProxyFlags.NONE, None, NAME, "/net/hadess/SensorProxy",
                              NAME, None, found)
