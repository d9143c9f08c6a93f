# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""A spirit level: its bubble goes up."""
from gi.repository import Gdk, Graphene, Gsk, Gtk

STANDARD_GRAVITY = 9.81
SIDE = 200  # of the widget
BUBBLE = 20  # its radius


def colour(text):
    rgba = Gdk.RGBA()
    rgba.parse(text)
    return rgba


class Level(Gtk.Widget):
    GLASS, RING, AT_REST, TILTED = map(colour, ("#3584e4", "rgba(255,255,255,.6)", "#8ff0a4", "#f8e45c"))

    def __init__(self, **properties):
        super().__init__(halign=Gtk.Align.CENTER, **properties)
        self.x = self.y = 0.0  # of the bubble, -1 to 1, right and up

    def do_measure(self, *_):
        return SIDE, SIDE, -1, -1

    def tilt(self, x, y):
        """As the phone is pulled, right and up: a bubble flees."""
        self.x, self.y = (max(-1.0, min(1.0, -axis / STANDARD_GRAVITY)) for axis in (x, y))
        self.queue_draw()

    def do_snapshot(self, snapshot):
        middle, reach = SIDE / 2, SIDE / 2 - BUBBLE - 4
        level = abs(self.x) < 0.05 and abs(self.y) < 0.05
        self.disc(snapshot, middle, middle, middle, self.GLASS)
        for radius in (middle - 8, BUBBLE + 6):
            self.ring(snapshot, middle, middle, radius)
        self.disc(snapshot, middle + self.x * reach, middle - self.y * reach, BUBBLE,
                  self.AT_REST if level else self.TILTED)

    @staticmethod
    def round_box(x, y, radius):
        square, box = Graphene.Rect(), Gsk.RoundedRect()
        square.init(x - radius, y - radius, 2 * radius, 2 * radius)
        box.init_from_rect(square, radius)  # what these return is not theirs, and would be freed twice
        return box

    def disc(self, snapshot, x, y, radius, rgba):
        box = self.round_box(x, y, radius)
        snapshot.push_rounded_clip(box)
        snapshot.append_color(rgba, box.bounds)
        snapshot.pop()

    def ring(self, snapshot, x, y, radius):
        snapshot.append_border(self.round_box(x, y, radius), [2.0] * 4, [self.RING] * 4)
