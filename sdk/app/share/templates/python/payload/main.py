#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""@TITLE@: a window with a button that counts. What it prints is in 'booth logs --app @ID@'."""
import sys

import gi

gi.require_version("Gtk", "4.0")
from gi.repository import Gtk  # noqa: E402


class App(Gtk.Application):
    def __init__(self):
        super().__init__(application_id="@ID@")
        self.times = 0

    def do_activate(self):
        window = Gtk.ApplicationWindow(application=self, title="@TITLE@")
        button = Gtk.Button(label="Press me")
        button.connect("clicked", self.count)
        window.set_child(button)
        window.present()
        print("the window is there")

    def count(self, button):
        self.times += 1
        button.set_label(str(self.times))
        print(f"pressed {self.times} times")


sys.exit(App().run(sys.argv))
