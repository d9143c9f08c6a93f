# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""answers.py: a name server (RFC 1035) on 127.0.0.1, UDP, that knows one address: 192.0.2.77. Prints its port."""
import socket

ADDRESS = bytes((192, 0, 2, 77))
A, IN = b"\x00\x01", b"\x00\x01"


def answer(query):
    end = query.index(b"\0", 12) + 5  # of the question: name, type, class
    found = query[end - 4:end - 2] == A
    header = query[:2] + b"\x81\x80\x00\x01" + bytes((0, found)) + bytes(4)
    record = b"\xc0\x0c" + A + IN + bytes((0, 0, 0, 60, 0, 4)) + ADDRESS
    return header + query[12:end] + (record if found else b"")


server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
print("port %d" % server.getsockname()[1], flush=True)
while True:
    query, sender = server.recvfrom(512)
    server.sendto(answer(query), sender)
