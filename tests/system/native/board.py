# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Board "one" without hypervisor, for the native tests: a QEMU process, its QMP socket and a shell
in the guest on the first UART."""
import json
import os
import re
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time

TOP = os.path.realpath(os.path.join(os.path.dirname(os.path.realpath(__file__)), "../../.."))
B = os.path.join(TOP, os.environ.get("B", "build"))
QEMU = os.path.join(B, "qemu/build/qemu-system-aarch64")
IMAGES = os.path.join(B, "tests/native")
PANEL = (720, 1440)


class Failure(Exception):
    """A check failed: what was expected and what there was."""


def skip(reason):
    print(reason)
    sys.exit(77)


def check(name, ok, detail=""):
    """One line per check; the first that fails ends the test."""
    print(f"{'ok' if ok else 'FAIL'}: {name}{' (' + str(detail) + ')' if detail != '' else ''}", flush=True)
    if not ok:
        raise Failure(name)


def images():
    """Kernel, initrd, made when missing, and device tree."""
    make = os.path.join(TOP, "tests/system/native/make-initrd")
    subprocess.run([make, IMAGES], check=True)
    return ["-kernel", os.path.join(IMAGES, "vmlinuz"), "-initrd", os.path.join(IMAGES, "initrd"),
            "-dtb", os.path.join(B, "boards/one.dtb")]


class Lines:
    """A stream socket, read with a deadline."""

    def __init__(self, path):
        self.socket = connect(path)
        self.buffer = b""

    def more(self, deadline):
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([self.socket], [], [], left)[0]:
            raise Failure(f"no answer in time; got so far: {self.buffer[-400:].decode(errors='replace')!r}")
        data = self.socket.recv(65536)
        if not data:
            raise Failure("the other end closed the connection")
        self.buffer += data

    def until(self, pattern, seconds):
        """Everything up to and with the match of @pattern, and the match."""
        deadline = time.monotonic() + seconds
        while True:
            match = re.search(pattern, self.buffer)
            if match:
                text, self.buffer = self.buffer[: match.end()], self.buffer[match.end():]
                return text, match
            self.more(deadline)

    def send(self, data):
        self.socket.sendall(data)


def connect(path, seconds=20):
    """QEMU makes its sockets some time after its start."""
    deadline = time.monotonic() + seconds
    while True:
        s = socket.socket(socket.AF_UNIX)
        try:
            s.connect(path)
            return s
        except OSError:
            s.close()
            if time.monotonic() > deadline:
                raise Failure(f"QEMU did not open {os.path.basename(path)}") from None
            time.sleep(0.05)


class Board:
    """A running machine. Use in a with statement: nothing of it stays behind."""

    def __init__(self, *args, machine="one", memory="1G", accel="tcg"):
        if not os.access(QEMU, os.X_OK):
            skip("QEMU is not built: make qemu")
        self.seen = []  # names of QMP events
        self.dir = tempfile.mkdtemp(prefix="phonebooth-native.")
        self.log_path = os.path.join(self.dir, "qemu.log")
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                [QEMU, "-M", machine, "-m", memory, "-display", "none", "-monitor", "none", "-nodefaults", "-S",
                 "-accel", accel, "-chardev", f"socket,id=s0,path={self.dir}/serial,server=on,wait=off",
                 "-serial", "chardev:s0", "-qmp", f"unix:{self.dir}/qmp,server=on,wait=off", *args],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.dir)
        try:
            self.serial = Lines(f"{self.dir}/serial")
            self.qmp = Lines(f"{self.dir}/qmp")
            self.qmp.until(rb"\n", 20)
            self.command("qmp_capabilities")
            self.command("cont")  # started stopped, so that no output is lost
        except Failure:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            print(f"serial port: {self.serial.buffer[-2000:].decode(errors='replace')}")
        self.close()

    def close(self):
        if not os.path.isdir(self.dir):
            return
        self.process.kill()
        self.process.wait()
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            sys.stdout.write(log.read())
        shutil.rmtree(self.dir, ignore_errors=True)

    def command(self, execute, seconds=20, **arguments):
        """A QMP command's return value."""
        self.qmp.send(json.dumps({"execute": execute, "arguments": arguments}).encode() + b"\n")
        while True:
            line, _ = self.qmp.until(rb"\n", seconds)
            answer = json.loads(line)
            if "error" in answer:
                raise Failure(f"QMP {execute}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]
            self.seen.append(answer.get("event"))

    def events(self, name):
        """How many QMP events of that name came since the last call."""
        self.command("query-status")
        count, self.seen = self.seen.count(name), [seen for seen in self.seen if seen != name]
        return count

    def wait_boot(self, seconds=120):
        self.serial.until(rb"native: modules loaded", seconds)
        self.shell("dmesg -n 1", 20)

    def shell(self, command, seconds=30):
        """Runs @command in the guest: its output. Its failure is ours."""
        self.serial.send(f"{{ {command}\n}} 2>&1; echo \"=end=$?=\"\n".encode())
        text, match = self.serial.until(rb"=end=(\d+)=\r?\n", seconds)
        output = text[: match.start()].decode(errors="replace").replace("\r\n", "\n")
        if match.group(1) != b"0":
            raise Failure(f"guest: {command}: status {match.group(1).decode()}: {output}")
        return output

    def picture(self):
        """What the panel shows: rows of RGB bytes."""
        path = os.path.join(self.dir, "shot.ppm")
        self.command("screendump", filename=path)
        with open(path, "rb") as f:
            magic, width, height, _, pixels = read_ppm(f.read())
        if magic != b"P6" or (width, height) != PANEL:
            raise Failure(f"the picture is {width} x {height}")
        return [pixels[y * width * 3:(y + 1) * width * 3] for y in range(height)]

    def input(self, *events):
        self.command("input-send-event", events=list(events))

    def cpu_seconds(self):
        """Host CPU time that the machine used so far."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def read_ppm(data):
    magic, size, maximum, pixels = data.split(b"\n", 3)
    width, height = map(int, size.split())
    return magic, width, height, maximum, pixels


def key(qcode, down):
    return {"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": qcode}}}


def touch(kind, slot, track=0):
    """@kind: begin, update or end."""
    return {"type": "mtt", "data": {"type": kind, "slot": slot, "tracking-id": track, "axis": "x", "value": 0}}


def at(slot, x, y, track=0):
    """Where the finger is, in panel pixels."""
    return [{"type": "mtt", "data": {"type": "data", "slot": slot, "tracking-id": track, "axis": axis,
                                     "value": -(-value * 0x7fff // (size - 1))}}
            for axis, value, size in (("x", x, PANEL[0]), ("y", y, PANEL[1]))]


def save(board, path):
    """Writes the state and ends the process."""
    board.command("migrate", uri=f"file:{path}")
    deadline = time.monotonic() + 60
    while True:
        status = board.command("query-migrate")["status"]
        if status == "completed":
            break
        if status == "failed" or time.monotonic() > deadline:
            raise Failure(f"saving: {status}")
        time.sleep(0.05)
    board.close()
    check("saved", True, f"{os.path.getsize(path) / (1 << 20):.0f} MiB")


def wait_running(board, seconds=60):
    deadline = time.monotonic() + seconds
    while not board.command("query-status")["running"]:
        if time.monotonic() > deadline:
            raise Failure("the restored machine does not run")
        time.sleep(0.05)
