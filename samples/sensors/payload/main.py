#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Sensors: which way down is, how bright it is, where the phone is; all of it live."""
import sys

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("Adw", "1")
from gi.repository import Adw, Gdk, GLib, Gtk  # noqa: E402

import accelerometer  # noqa: E402
import light  # noqa: E402
import position  # noqa: E402
from level import Level  # noqa: E402

ACCELERATION_MS = 250  # between two looks at it
STYLE = """
.value { font-size: 1.3em; font-weight: bold; font-feature-settings: "tnum"; }
.level { margin: 6px 0 6px 0; }
"""


def value_row(title, icon):
    """A row of the list: a name at its left, at its right a label that is returned, too."""
    row = Adw.ActionRow(title=title)
    label = Gtk.Label(label="–", css_classes=["value"])
    row.add_prefix(Gtk.Image.new_from_icon_name(icon))
    row.add_suffix(label)
    return row, label


class Window(Adw.ApplicationWindow):
    def __init__(self, app):
        super().__init__(application=app, title="Sensors", default_width=360, default_height=640)
        self.level = Level(css_classes=["level"])
        self.accelerometer = accelerometer.find()
        self.shown = None
        self.make_rows()
        page = Adw.PreferencesPage()
        for group in (self.above, self.motion, self.around):
            page.add(group)
        view = Adw.ToolbarView(content=page)
        view.add_top_bar(Adw.HeaderBar(show_end_title_buttons=False))
        self.set_content(view)
        if self.accelerometer:
            GLib.timeout_add(ACCELERATION_MS, self.look, priority=GLib.PRIORITY_LOW)  # the window is drawn first
        else:
            self.above.set_description("There is no accelerometer, or no permission for it.")
        light.watch(self.show_light, self.light_row.set_subtitle)
        position.watch(app.get_application_id(), self.show_position, self.position_row.set_subtitle)

    def make_rows(self):
        self.above = Adw.PreferencesGroup()
        self.above.add(self.level)
        self.motion = Adw.PreferencesGroup(title="Motion")
        row, self.acceleration = value_row("m/s²", "object-rotate-right-symbolic")
        self.motion.add(row)
        self.around = Adw.PreferencesGroup(title="Around")
        self.light_row, self.lux = value_row("Light", "display-brightness-symbolic")
        self.position_row, self.place = value_row("Position", "mark-location-symbolic")
        for row in (self.light_row, self.position_row):
            self.around.add(row)

    def look(self):
        values = self.accelerometer.read() if self.is_active() else self.shown
        if values != self.shown:  # to draw takes more than to look
            self.shown = x, y, z = values
            self.acceleration.set_label(f"{x:+.1f}  {y:+.1f}  {z:+.1f}")
            self.level.tilt(x, y)
        return GLib.SOURCE_CONTINUE

    def show_light(self, lux):
        self.lux.set_label(f"{lux:.0f} lx")
        print(f"light {lux:.0f}")

    def show_position(self, latitude, longitude, accuracy):
        self.place.set_label(f"{latitude:.4f}, {longitude:.4f}")
        self.position_row.set_subtitle(f"± {accuracy:.0f} m" if accuracy >= 1 else "")
        print(f"position {latitude:.4f} {longitude:.4f}")


class App(Adw.Application):
    def __init__(self):
        super().__init__(application_id="org.phonebooth.Sensors")

    def do_activate(self):
        window = self.get_active_window()
        if not window:
            style = Gtk.CssProvider()
            style.load_from_string(STYLE)
            Gtk.StyleContext.add_provider_for_display(Gdk.Display.get_default(), style,
                                                      Gtk.STYLE_PROVIDER_PRIORITY_APPLICATION)
            window = Window(self)
        window.present()
        print("the window is there")


sys.exit(App().run(sys.argv))
