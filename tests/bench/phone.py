# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""A phone of the benchmarks' own: started, asked and ended through booth."""
import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import threading
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(TOP, os.environ.get("B", "build"))
SMALL = "handset-small"  # of build/images; what is measured, unless a bench says otherwise
SETTLE_S = 30
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """User and system time of a process so far."""
    with open("/proc/%d/stat" % pid, encoding="ascii", errors="replace") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Phone:
    """with Phone("--icount") as phone: ..."""

    def __init__(self, *arguments, name="bench", handset=None, of=SMALL):
        """handset: one that is there already, instead of a fresh copy; `of`: of which of build/images it is one."""
        self.name = name
        self.arguments = arguments
        self.handset = handset or os.path.join(BUILD, "bench", "handset")
        self.of = of
        self.fresh = not handset

    def booth(self, *words, timeout=900):
        """What `booth --json WORDS` answers, as a dict."""
        command = [os.path.join(BUILD, "bin", "booth"), "--name", self.name, "--json", *words]
        done = subprocess.run(command, check=True, timeout=timeout, stdout=subprocess.PIPE, text=True)
        lines = done.stdout.strip().splitlines()
        return json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}

    def __enter__(self):
        if self.fresh:
            fresh_handset(self.handset, self.of)
        self.started = time.monotonic()
        self.booth("run", "--background", "--", "--headless", "--handset", self.handset, *self.arguments)
        return self

    def __exit__(self, *_):
        self.booth("stop")

    def wait(self):
        """Wait for the home screens: seconds from the start to each, by the persona's name."""
        answer = self.booth("wait", "--timeout", "800")
        return {vm["name"]: vm["ready_s"] for vm in answer["vms"] if vm["kind"] == "persona"}

    def settle(self):
        """Waits for the home screens, and for what starts after them to end."""
        self.wait()
        time.sleep(SETTLE_S)

    def console(self, vm):
        return self.booth("console", vm)["text"].replace("\r", "")

    def type(self, vm, line):
        """Types a line at that VM's console."""
        self.booth("console", vm, line)

    def find(self, vm, pattern, seconds, number=0):
        """The match of a pattern for lines of that VM's console that comes after `number` others."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = list(re.finditer(pattern, self.console(vm), re.M))
            if len(found) > number:
                return found[-1]
            time.sleep(1)
        raise RuntimeError(f"the console of {vm} does not say {pattern}")

    def hand(self, vm, server, program):
        """Gets a program from a web server of this computer (serve()) into /tmp there."""
        self.type(vm, "busybox wget -q -O /tmp/%s http://10.0.2.2:%d/%s && chmod +x /tmp/%s && echo handed-$((6 * 7))" % (
            program, server.server_address[1], program, program))
        self.find(vm, "^handed-42$", 120)

    def socket(self):
        """The path of its control socket (docs/design/emulator.md, "Host files")."""
        folder = os.environ.get("XDG_RUNTIME_DIR")
        folder = f"{folder}/phonebooth" if folder else f"/tmp/phonebooth-{os.getuid()}"
        return f"{folder}/{self.name}/control.sock"

    def pid(self):
        return self.booth("status")["pid"]


def serve(folder):
    """A web server on a port of its own."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def fresh_handset(path, of=SMALL):
    """A handset with data disks of its own, so that no run sees what another has written."""
    source = os.path.join(BUILD, "images", of)
    shutil.rmtree(path, ignore_errors=True)
    for folder, inner, files in os.walk(source):
        if folder == source:
            inner[:] = [name for name in inner if name != "snapshots"]
        inside = os.path.join(path, os.path.relpath(folder, source))
        os.makedirs(inside, exist_ok=True)
        for name in files:
            original = os.path.realpath(os.path.join(folder, name))
            if name.startswith("data."):
                subprocess.run(["cp", "--sparse=always", original, os.path.join(inside, name)], check=True)
            else:
                os.symlink(original, os.path.join(inside, name))
