# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""A phone without screen whose guests say on their consoles what is to be counted: `phonebooth --marks`."""
import json
import os
import subprocess
import time

from phone import BUILD


class Marked:
    """
    with Marked(handset, "NAME", "--repeatable") as run: for mark in run.until("done", seconds): ...

    A mark is what marks.h describes, as a dict.
    """

    def __init__(self, handset, name, *arguments):
        self.folder = os.path.join(BUILD, "bench", "run-" + name)
        self.path = os.path.join(self.folder, "marks")
        self.command = [os.path.join(BUILD, "bin", "phonebooth"), "--headless", "--handset", handset, "--name",
                        "bench-" + name, "--marks", self.path, *arguments]
        self.booth_command = [os.path.join(BUILD, "bin", "booth"), "--name", "bench-" + name, "--json"]

    def __enter__(self):
        os.makedirs(self.folder, exist_ok=True)
        if os.path.exists(self.path):
            os.unlink(self.path)
        self.environment = dict(os.environ, XDG_STATE_HOME=self.folder, XDG_RUNTIME_DIR=self.folder)
        with open(os.path.join(self.folder, "log"), "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env=self.environment)
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def booth(self, *words):
        """What `booth --json WORDS` answers, as a dict. No input reaches a guest that runs with --repeatable."""
        done = subprocess.run([*self.booth_command, *words], check=True, timeout=600, stdout=subprocess.PIPE, text=True,
                              env=self.environment)
        lines = done.stdout.strip().splitlines()
        return json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}

    def until(self, last, seconds, times=1):
        """The marks as they come, up to the one that is called `last`, when it comes for the `times`-th time."""
        end, rest, place = time.monotonic() + seconds, "", 0
        while True:
            alive = self.process.poll() is None
            if os.path.exists(self.path):
                with open(self.path, encoding="utf-8") as file:
                    file.seek(place)
                    rest += file.read()
                    place = file.tell()
            *lines, rest = rest.split("\n")
            for line in lines:
                mark = json.loads(line)
                yield mark
                times -= mark["mark"] == last
                if times == 0:
                    return
            if not alive or time.monotonic() > end:
                raise TimeoutError("no '@mark %s'; see %s" % (last, self.folder))
            time.sleep(0.1)
