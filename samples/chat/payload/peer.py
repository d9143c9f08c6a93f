# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""The other side: a TCP connection with a line of UTF-8 for each message. Whoever calls first is the caller."""
from gi.repository import Gio, GLib

PORT = 7700  # where we wait for calls
LINE_MOST = 4096  # bytes of a message; more is no message, and who sends it is no peer


class Peer:
    """received(text) is called for each message, changed(text) when something happens to the connection."""

    def __init__(self, received, changed):
        self.received, self.changed = received, changed
        self.connection = None
        self.pending = b""
        self.service = Gio.SocketService()
        self.service.connect("incoming", self.on_incoming)
        try:
            self.service.add_inet_port(PORT)
        except GLib.Error as error:
            changed(f"Nobody can call: {error.message}")

    def call(self, address):
        self.close()
        Gio.SocketClient(timeout=10).connect_to_host_async(address, PORT, None, self.on_connected, address)

    def on_connected(self, client, result, address):
        try:
            self.use(client.connect_to_host_finish(result), f"Connected to {address}")
        except GLib.Error as error:
            self.changed(f"{address}: {error.message}")

    def on_incoming(self, _service, connection, _source):
        try:
            caller = connection.get_remote_address().get_address().to_string()
        except GLib.Error:
            return False  # it has gone already
        self.use(connection, f"{caller} has called")
        return False

    def use(self, connection, text):
        self.close()
        connection.get_socket().set_timeout(0)
        self.connection = connection
        self.changed(text)
        self.listen(connection)

    def listen(self, connection):
        connection.get_input_stream().read_bytes_async(LINE_MOST, GLib.PRIORITY_DEFAULT, None, self.on_bytes, connection)

    def on_bytes(self, stream, result, connection):
        if connection is not self.connection:
            return
        try:
            data = stream.read_bytes_finish(result).get_data()
        except GLib.Error:
            data = None
        *lines, self.pending = (self.pending + (data or b"")).split(b"\n")
        for line in lines:
            text = line.decode(errors="replace").strip()
            if text:
                self.received(text)
        if not data or len(self.pending) > LINE_MOST:
            self.close()
            self.changed("The other side has gone")
        else:
            self.listen(connection)

    def send(self, text):
        """Whether it has gone out."""
        try:
            line = (text.replace("\n", " ") + "\n").encode()
            return self.connection is not None and self.connection.get_output_stream().write_all(line)[0]
        except GLib.Error as error:
            self.close()
            self.changed(error.message)
            return False

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection, self.pending = None, b""
