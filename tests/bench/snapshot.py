# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Saving the default handset's phone, starting from what was saved; several phones of one snapshot."""
import json
import os
import socket
import statistics
import subprocess
import tempfile
import time

from phone import BUILD, TOP, Phone, cpu_seconds, fresh_handset

NAME = "bench"
CLEAN = "clean"  # of `make images`
ROUNDS = 5
PHONES = 3
SWIPE = (1300, 1200, 1100, 1000, 900, 800)  # up, from the lock screen to the PIN: the picture follows the finger


class Client:
    """A connection to a phone that may not be there yet: booth would take longer than what is measured."""

    def __init__(self, path, process):
        end = time.monotonic() + 60
        while True:
            try:
                self.socket = socket.socket(socket.AF_UNIX)
                self.socket.connect(path)
                break
            except OSError:
                self.socket.close()
                if process.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.002)
        self.lines = self.socket.makefile("rb")

    def ask(self, verb, **members):
        self.socket.sendall(json.dumps({"id": 1, "verb": verb, **members}).encode() + b"\n")
        return json.loads(self.lines.readline())

    def until(self, good, verb, **members):
        """Asks again and again, for at most a minute."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            reply = self.ask(verb, **members)
            if good(reply):
                return reply
            time.sleep(0.002)
        raise TimeoutError(f"{verb}: {reply}")


def start(handset, folder, number=0, name=CLEAN):
    """A phone that is only tried, from a snapshot: its process, a connection, when it was started."""
    path = os.path.join(folder, f"{number}.sock")
    began = time.monotonic()
    process = subprocess.Popen([os.path.join(BUILD, "bin", "phonebooth"), "--name", f"bench-{number}", "--headless", "--try",
                                "--control", path, "--handset", handset, "--snapshot", name, "--require-snapshot"],
                               stderr=subprocess.DEVNULL)
    return process, Client(path, process), began


def swipe(client):
    """A finger goes down and up the screen, and stays there."""
    kind = "down"
    for y in SWIPE:
        client.until(lambda reply: reply["ok"], "touch", type=kind, x=360, y=y)
        kind = "move"
        time.sleep(0.016)


def touched(client, began):
    """Seconds from the start until the machine runs, and until the screen has answered a touch."""
    client.until(lambda reply: reply["ok"] and reply["machine"] == "running" and reply["service"], "status")
    runs = time.monotonic() - began
    before = client.ask("shot")["png"]  # without a window the screen is looked at only when somebody asks for a picture
    swipe(client)
    client.until(lambda reply: reply["png"] != before, "shot")
    answers = time.monotonic() - began
    client.ask("touch", type="up")
    return runs, answers


def end(process, client):
    client.ask("quit", now=True)
    process.wait(60)


def forget(handset):
    """The host's page cache has none of the files that a start reads."""
    for folder, _, files in os.walk(handset):
        for name in files:
            with open(os.path.join(folder, name), "rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def starts(handset, folder, cold):
    runs, answers = [], []
    for _ in range(ROUNDS):
        if cold:
            forget(handset)
        process, client, began = start(handset, folder)
        one, two = touched(client, began)
        runs.append(one)
        answers.append(two)
        end(process, client)
    print("%s page cache: runs after %s s, answers a touch after %s s" % (
        "cold" if cold else "warm", " ".join("%.2f" % s for s in runs), " ".join("%.2f" % s for s in answers)), flush=True)
    return statistics.median(runs), statistics.median(answers)


def memory_mib(process, kind):
    with open(f"/proc/{process.pid}/smaps_rollup", encoding="ascii") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith(kind + ":"))


def clean_handset():
    """A handset of the bench's own with the snapshot `clean` of the default one."""
    handset = os.path.join(BUILD, "bench", "handset")
    fresh_handset(handset, "handset")
    subprocess.run([os.path.join(TOP, "scripts", "clean-snapshot"), "--from", os.path.join(BUILD, "images", "handset"),
                    os.path.join(BUILD, "bin"), handset, os.path.join(BUILD, "bench", "clean-snapshot.log")], check=True)
    return handset


def snapshot():
    """Starts are from `clean`, as the first `make run` is; what is saved is that phone, a minute later."""
    handset = clean_handset()
    with Phone(handset=handset) as phone:
        phone.wait()
        time.sleep(60)
        began = time.monotonic()
        (saved,) = phone.booth("snapshot", "save", NAME)["snapshots"]
        took = time.monotonic() - began
    result = {"snapshot_save_s": took, "snapshot_mib": saved["bytes"] / (1 << 20)}
    with tempfile.TemporaryDirectory() as folder:
        for cold in False, True:
            kind = "cold" if cold else "warm"
            result[f"snapshot_start_{kind}_s"], result[f"snapshot_touch_{kind}_s"] = starts(handset, folder, cold)
    return result


def phones():
    """
    Memory of several of the default handset's phones at a time, each started as `make run` does for the first time, a
    minute after that: of one, and what each further one adds. And what that minute took of a CPU.
    """
    handset = os.path.join(BUILD, "images", "handset")
    with tempfile.TemporaryDirectory() as folder:
        started = [start(handset, folder, number) for number in range(PHONES)]
        for process, client, began in started:
            touched(client, began)
        time.sleep(60)
        pss = [memory_mib(process, "Pss") for process, _, _ in started]
        private = [memory_mib(process, "Private_Clean") + memory_mib(process, "Private_Dirty") for process, _, _ in started]
        rss = [memory_mib(process, "Rss") for process, _, _ in started]
        cpu = [cpu_seconds(process.pid) for process, _, _ in started]
        for process, client, _ in started:
            end(process, client)
    return {"snapshot_rss_mib": statistics.median(rss), "snapshot_pss_mib": statistics.median(pss),
            "snapshot_further_phone_mib": statistics.median(private),
            "snapshot_first_minute_cpu_s": statistics.median(cpu)}
