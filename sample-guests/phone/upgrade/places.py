# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Where things are during an upgrade, and what its parts share."""

import os
import subprocess

DATA = "/run/data"
BASE = "/run/base"  # the image that the data was stored over
OLD = "/run/old"    # the system as the user left it: that image with the data over it
NEW = "/run/new"    # the system as it will be: this image with what is taken over
THIS = ""           # this image: the root

notes = []


class Failure(Exception):
    """The upgrade cannot be done; the persona keeps its image."""


def note(text):
    """For the user to read afterwards."""
    notes.append(text)


def say(text):
    """A line that the emulator shows."""
    with open("/dev/kmsg", "w", encoding="utf-8") as file:
        file.write(f"<2>phonebooth: {text}\n")


def run(*command):
    """Its output, without white space at the end; Failure if it fails."""
    environment = {"PATH": "/usr/sbin:/usr/bin", "LC_ALL": "C.UTF-8", "HOME": "/root", "DEBIAN_FRONTEND": "noninteractive",
                   "DEBCONF_NONINTERACTIVE_SEEN": "true"}
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    if done.returncode:
        lines = done.stdout.strip().splitlines()
        raise Failure(f"{' '.join(command[:6])}: {' '.join(lines[-4:]) or done.returncode}")
    return done.stdout.rstrip()


def read_lines(path):
    """The lines of a file; none if there is no such file."""
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return file.read().splitlines()
