# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""The console of a guest that is a firmware."""
import re
import subprocess
import time

from board import B, Failure


class Console:
    """The guest's console, through booth."""

    def __init__(self, name, vm, prompt, enter=""):
        """`enter`: what ends a line besides the line feed that booth types."""
        self.name, self.vm, self.prompt, self.enter, self.seen = name, vm, prompt, enter, 0

    def booth(self, *words):
        done = subprocess.run([B + "/bin/booth", "--name", self.name, *words], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise Failure("booth %s: %s" % (" ".join(words), done.stdout.strip()))
        return done.stdout

    def all(self):
        """Without what moves the cursor and colours."""
        return re.sub(r"\x1b\[[0-9;]*[A-Za-z]|\r", "", self.booth("console", "--all", self.vm))

    def wait(self, what, seconds=60):
        """What has come since the last call, up to and with `what`."""
        end = time.monotonic() + seconds
        while True:
            text = self.all()
            at = text.find(what, self.seen)
            if at >= 0:
                start, self.seen = self.seen, at + len(what)
                return text[start:self.seen]
            if time.monotonic() > end:
                raise Failure("%r does not come; the end: %r" % (what, text[-600:]))
            time.sleep(0.2)

    def run(self, command, seconds=60):
        """A command of the firmware's, and what it prints up to the next prompt."""
        self.booth("console", self.vm, command + self.enter)
        self.wait(command, 20)
        return self.wait(self.prompt, seconds)
