# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""proxy.py PORT: an HTTP proxy on 127.0.0.1 that knows CONNECT only; whatever is asked for, it is the server at that port
of 127.0.0.1. Prints its own port, then what it is asked for."""
import socket
import sys
import threading


def pump(one, other):
    while data := one.recv(65536):
        other.sendall(data)
    other.shutdown(socket.SHUT_WR)


def serve(client, port):
    with client, socket.create_connection(("127.0.0.1", port)) as server:
        request = b""
        while not request.endswith(b"\r\n\r\n"):
            request += client.recv(1)
        print(request.split(b"\r\n")[0].decode(), flush=True)
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        back = threading.Thread(target=pump, args=(server, client), daemon=True)
        back.start()
        pump(client, server)
        back.join()


with socket.create_server(("127.0.0.1", 0)) as listener:
    print("port %d" % listener.getsockname()[1], flush=True)
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0], int(sys.argv[1])), daemon=True).start()
