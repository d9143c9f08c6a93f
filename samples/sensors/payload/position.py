# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Where the phone is, by GeoClue."""
import gi

gi.require_version("Geoclue", "2.0")
from gi.repository import Geoclue, GLib  # noqa: E402


def watch(app_id, show, complain):
    """Calls show(latitude, longitude, accuracy) now and whenever the phone moves; complain(text) if that cannot be."""

    def moved(simple, *_):
        place = simple.get_location().props
        now = (place.latitude, place.longitude, place.accuracy)
        if now != watch.last:  # GeoClue says it each second
            watch.last = now
            show(*now)

    def started(_, result):
        try:
            simple = Geoclue.Simple.new_finish(result)
        except GLib.Error as error:
            complain(error.message)
            return
        watch.simple = simple  # it lives as long as the app
        simple.connect("notify::location", moved)
        moved(simple)

    watch.last = None
    Geoclue.Simple.new(app_id, Geoclue.AccuracyLevel.EXACT, None, started)
