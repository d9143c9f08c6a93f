#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""An app that tries what each permission is for, by the API that programs use for it. Its folder has a file `server`:
address and port that network is tried with. Prints a line for each, then "done"."""
import ctypes
import os
import pathlib
import socket
import struct
import subprocess
import sys

import gi

gi.require_version("Geoclue", "2.0")
from gi.repository import Geoclue, Gio, GLib  # noqa: E402

APP = os.environ["APP_ID"]
TIMEOUT_MS = 60000


def call(bus, name, path, method, arguments=None):
    """A method of D-Bus, INTERFACE.METHOD."""
    interface, method = method.rsplit(".", 1)
    return Gio.bus_get_sync(bus).call_sync(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                                           TIMEOUT_MS, None)


def network():
    host, port = pathlib.Path("/app/server").read_text().split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
        return connection.recv(100).split(b"\r\n")[0].decode()


def location():
    location.simple = Geoclue.Simple.new_sync(APP, Geoclue.AccuracyLevel.EXACT, None)  # its signals go on
    found = location.simple.get_location()
    return f"{found.props.latitude:.3f} {found.props.longitude:.3f}"


def camera():
    """The size of a picture of the first camera that has one."""
    devices = sorted(pathlib.Path("/dev").glob("video*"))
    if not devices:
        raise FileNotFoundError("no /dev/video*")
    for device in devices:
        if subprocess.run(["v4l2-ctl", "-d", device, "--stream-mmap", "--stream-count=1", "--stream-to=picture"],
                          capture_output=True).returncode == 0:
            return f"{os.path.getsize('picture')} bytes"
    raise OSError("no camera has a picture")


def portal():
    """A camera by the portal: the descriptor of a connection to PipeWire."""
    name, path = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
    interface = "org.freedesktop.portal.Camera"
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    answer = []
    loop = GLib.MainLoop()
    request = f"{path}/request/{bus.get_unique_name()[1:].replace('.', '_')}/probe"
    bus.signal_subscribe(name, "org.freedesktop.portal.Request", "Response", request, None, Gio.DBusSignalFlags.NONE,
                         lambda *signal: (answer.append(signal[5].unpack()[0]), loop.quit()))
    call(Gio.BusType.SESSION, name, path, f"{interface}.AccessCamera",
         GLib.Variant("(a{sv})", ({"handle_token": GLib.Variant("s", "probe")},)))
    GLib.timeout_add(TIMEOUT_MS, loop.quit)
    loop.run()
    if answer != [0]:
        raise OSError(f"the portal answers {answer}")
    _, files = bus.call_with_unix_fd_list_sync(name, path, interface, "OpenPipeWireRemote",
                                               GLib.Variant("(a{sv})", ({},)), None, Gio.DBusCallFlags.NONE,
                                               TIMEOUT_MS, None)
    return f"{files.get_length()} connection"


def microphone():
    """Half a second of what it hears, its loudest sample."""
    pulse = ctypes.CDLL("libpulse-simple.so.0")
    pulse.pa_simple_new.restype = ctypes.c_void_p
    pulse.pa_simple_new.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p,
                                    ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]
    pulse.pa_strerror.restype = ctypes.c_char_p
    why = ctypes.c_int()
    format_s16le, record = 3, 2
    kind = struct.pack("=iIBxxx", format_s16le, 8000, 1)
    stream = pulse.pa_simple_new(None, b"probe", record, None, b"probe", kind, None, None, ctypes.addressof(why))
    if not stream:
        raise OSError(pulse.pa_strerror(why).decode())
    sound = ctypes.create_string_buffer(8000)
    pulse.pa_simple_read(ctypes.c_void_p(stream), sound, ctypes.c_size_t(len(sound)), None)
    return f"peak {max(map(abs, struct.unpack('=4000h', sound.raw)))}"


def sensors():
    name, path = "net.hadess.SensorProxy", "/net/hadess/SensorProxy"
    call(Gio.BusType.SYSTEM, name, path, f"{name}.ClaimLight")
    lux = call(Gio.BusType.SYSTEM, name, path, "org.freedesktop.DBus.Properties.Get",
               GLib.Variant("(ss)", (name, "LightLevel"))).unpack()[0]
    return f"{lux:.0f} lx"


def acceleration():
    """By the kernel's own files: iio-sensor-proxy says only which side is up."""
    axis = next(pathlib.Path("/sys/bus/iio/devices").glob("*/in_accel_y_raw"), None)
    if axis is None:
        raise FileNotFoundError("no accelerometer")
    return f"raw {int(axis.read_text())}"


def notifications():
    name = "org.freedesktop.Notifications"
    reply = call(Gio.BusType.SESSION, name, "/org/freedesktop/Notifications", f"{name}.Notify",
                 GLib.Variant("(susssasa{sv}i)", ("Probe", 0, "", "From the probe", "It works.", [], {}, 10000)))
    return f"number {reply.unpack()[0]}"


def storage():
    note = pathlib.Path.home() / "Documents" / "probe"
    note.write_text("stored")
    return note.read_text()


print("user", os.getuid())
for attempt in (network, location, camera, portal, microphone, sensors, acceleration, notifications, storage):
    try:
        print(f"{attempt.__name__}: {attempt()}")
    except GLib.Error as error:
        print(f"{attempt.__name__}: denied: {Gio.DBusError.get_remote_error(error)} {error.message}")
    except OSError as error:
        print(f"{attempt.__name__}: denied: {error}")
    sys.stdout.flush()
print("done")
