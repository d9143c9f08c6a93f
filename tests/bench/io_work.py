# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""
Disk and network of a persona of ours, the other one idle beside it, and of the same persona alone on stock QEMU with
virtio over MMIO, as in work.py: in turns, and the guest takes the time. The disk's requests go past the guest's cache,
to the part of the data disk where the file system has nothing; the host has it in its cache. The network is a program
on this computer, by QEMU's user-mode network on both.
"""
import socket
import statistics
import threading

from work import compare, side_by_side

MIB = 1 << 20
DOWN, UP, ROUND_TRIPS = 24 * MIB, 24 * MIB, 400
DISK = "/dev/vdb"
FIRST = 480  # MiB of the disk

BLOCK = {
    "disk_read": "for n in 1 2 3 4; do dd if=%s of=/dev/null bs=256k skip=%d count=96 iflag=direct 2> /dev/null; done"
                 % (DISK, FIRST * 4),
    "disk_write": "for n in 1 2; do dd if=/dev/zero of=%s bs=256k seek=%d count=96 oflag=direct conv=notrunc,fsync "
                  "2> /dev/null; done" % (DISK, FIRST * 4),
    "disk_read_4k": "dd if=%s of=/dev/null bs=4k skip=%d count=2000 iflag=direct 2> /dev/null" % (DISK, FIRST * 256),
    "disk_write_4k": "dd if=/dev/zero of=%s bs=4k seek=%d count=1000 oflag=direct conv=notrunc 2> /dev/null"
                     % (DISK, FIRST * 256),
}


def server(answer):
    """A TCP server on the loopback, a thread for each connection: its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=run, args=(connection,), daemon=True).start()

    def run(connection):
        with connection:
            answer(connection)

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]


def give(connection):
    connection.sendall(bytes(DOWN))


def take(connection):
    left = UP
    while left:
        data = connection.recv(MIB)
        if not data:
            return
        left -= len(data)
    connection.sendall(b"all\n")


def echo(connection):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while data := connection.recv(4096):
        connection.sendall(data)


def network_work():
    """bash connects by itself: no program is started in the time that is taken."""
    down, up, back = (server(answer) for answer in (give, take, echo))
    return {
        "net_down": "cat < /dev/tcp/10.0.2.2/%d | wc -c | grep -qx %d" % (down, DOWN),
        "net_up": "exec 3<> /dev/tcp/10.0.2.2/%d; head -c %d /dev/zero >&3; read -r got <&3; exec 3>&-; [ \"$got\" = all ]"
                  % (up, UP),
        "net_round_trips": "exec 3<> /dev/tcp/10.0.2.2/%d; for n in {1..%d}; do echo x >&3; read -r got <&3; done; "
                           "exec 3>&-; [ \"$got\" = x ]" % (back, ROUND_TRIPS),
    }


def io_work():
    with side_by_side() as guests:
        return {key + "_ratio_vs_stock":
                statistics.geometric_mean(compare(guests, name, command) for name, command in work.items())
                for key, work in (("blk", BLOCK), ("net", network_work()))}
