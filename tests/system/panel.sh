# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# shellcheck shell=sh
#
# Sourced by the tests of the panel, after lib.sh: a panel on an X server, used by keys.

export GSK_RENDERER=cairo GTK_A11Y=none NO_AT_BRIDGE=1
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

# The windows of panels; the first one
panels() {
    xdotool search --onlyvisible --name '^Phonebooth panel: '
}
panel_window() {
    panels | head -n 1
}

is_open() {
    [ -n "$(panel_window)" ]
}
is_closed() {
    [ -z "$(panel_window)" ]
}

# open_panel: $panel is its process, what it says is in $said
open_panel() {
    said=$work/panel.log
    booth panel 2> "$said" &
    panel=$!
    retry 30 is_open || fail "no panel: $(cat "$said")"
    xdotool windowmove "$(panel_window)" 0 0 windowsize "$(panel_window)" 760 640
}

# keys KEY...: to the panel, one after the other
keys() {
    xdotool windowfocus --sync "$(panel_window)" key --delay 60 "$@"
}
