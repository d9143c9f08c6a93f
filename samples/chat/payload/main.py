#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Chat: talks to a program on the computer, or to the same app on another persona."""
import sys

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("Adw", "1")
from gi.repository import Adw, Gdk, Gio, GLib, Gtk, Pango  # noqa: E402

from peer import PORT, Peer  # noqa: E402

COMPUTER = f"10.0.2.2:{PORT}"  # as a persona sees it
STYLE = """
.talk { background: none; }
.talk row { padding: 3px 12px; background: none; }
.bubble { border-radius: 18px; padding: 9px 15px; }
.theirs { background: alpha(currentColor, .1); }
.mine { background: #3584e4; color: white; }
.note { opacity: .6; font-size: .85em; }
"""


def icon_button(icon, says, pressed):
    button = Gtk.Button(icon_name=icon, tooltip_text=says, valign=Gtk.Align.CENTER, css_classes=["circular"])
    button.connect("clicked", lambda _: pressed())
    return button


class Window(Adw.ApplicationWindow):
    def __init__(self, app):
        super().__init__(application=app, title="Chat", default_width=360, default_height=640)
        self.address = Adw.EntryRow(title="Talk to (address:port)", text=COMPUTER, show_apply_button=True)
        self.address.connect("apply", lambda row: self.peer.call(row.get_text()))
        self.talk = Gtk.ListBox(selection_mode=Gtk.SelectionMode.NONE, css_classes=["talk"], vexpand=True,
                                valign=Gtk.Align.END)
        self.talk.connect("row-activated", self.copy)
        self.scrolled = Gtk.ScrolledWindow(child=self.talk, hscrollbar_policy=Gtk.PolicyType.NEVER)
        self.entry = Gtk.Entry(placeholder_text="Message", hexpand=True)
        self.entry.connect("activate", lambda _: self.send())
        self.toasts = Adw.ToastOverlay(child=self.scrolled)
        self.set_content(self.make_view())
        self.peer = Peer(self.show_theirs, self.show_note)
        self.peer.call(COMPUTER)

    def make_view(self):
        header = Adw.HeaderBar(show_end_title_buttons=False)
        header.pack_end(icon_button("call-start-symbolic", "Call", lambda: self.peer.call(self.address.get_text())))
        above = Gtk.ListBox(selection_mode=Gtk.SelectionMode.NONE, css_classes=["boxed-list"],
                            margin_start=12, margin_end=12, margin_bottom=6)
        above.append(self.address)
        below = Gtk.Box(spacing=6, margin_start=12, margin_end=12, margin_top=6, margin_bottom=12)
        below.append(icon_button("edit-paste-symbolic", "Paste", self.paste))
        below.append(self.entry)
        send = icon_button("document-send-symbolic", "Send", self.send)
        send.add_css_class("suggested-action")
        below.append(send)
        view = Adw.ToolbarView(content=self.toasts)
        for bar in (header, above):
            view.add_top_bar(bar)
        view.add_bottom_bar(below)
        return view

    # ---- What is said -------------------------------------------------------------------------

    def append(self, text, side, style):
        label = Gtk.Label(label=text, wrap=True, wrap_mode=Pango.WrapMode.WORD_CHAR, xalign=0, halign=side,
                          max_width_chars=28, css_classes=style)
        self.talk.append(Gtk.ListBoxRow(child=label, activatable="bubble" in style))
        GLib.idle_add(self.scroll_down)

    def scroll_down(self):
        place = self.scrolled.get_vadjustment()
        place.set_value(place.get_upper())
        return GLib.SOURCE_REMOVE

    def show_note(self, text):
        print(text)
        self.append(text, Gtk.Align.CENTER, ["note"])

    def show_theirs(self, text):
        print("they:", text)
        self.append(text, Gtk.Align.START, ["bubble", "theirs"])
        if not self.is_active() or self.is_suspended():
            self.notify_user(text)

    def notify_user(self, text):
        notification = Gio.Notification.new("Chat")
        notification.set_body(text)
        self.get_application().send_notification("message", notification)
        print("notified")

    def send(self):
        text = self.entry.get_text().strip()
        if text and self.peer.send(text):
            print("we:", text)
            self.append(text, Gtk.Align.END, ["bubble", "mine"])
            self.entry.set_text("")
        elif text:
            self.toasts.add_toast(Adw.Toast(title="Nobody is connected"))

    # ---- The clipboard ------------------------------------------------------------------------

    def copy(self, _talk, row):
        self.get_clipboard().set(row.get_child().get_label())
        self.toasts.add_toast(Adw.Toast(title="Copied", timeout=2))

    def paste(self):
        self.get_clipboard().read_text_async(None, self.on_pasted)

    def on_pasted(self, clipboard, result):
        try:
            text = clipboard.read_text_finish(result)
        except GLib.Error:
            text = None  # there is none, or it is no text
        if text:
            self.entry.set_text(self.entry.get_text() + text)


class App(Adw.Application):
    def __init__(self):
        super().__init__(application_id="org.phonebooth.Chat")

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
