/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Lines of shell for what happens in the session of a persona's user, whose number is 1000. */
#ifndef BOOTH_SESSION_H
#define BOOTH_SESSION_H

/*
 * Goes before a line for guest_run(): `user COMMAND...` runs a command as the user, who has the
 * session's buses and display. `need PROGRAM` ends the line if the persona has not got it.
 */
#define SESSION                                                                               \
    "export LC_ALL=C.UTF-8 HOME=/home/phone USER=phone XDG_RUNTIME_DIR=/run/user/1000\n"      \
    "export DBUS_SESSION_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/bus\n"                        \
    "die() { echo \"booth: $*\" >&2; exit 1; }\n"                                             \
    "need() { command -v \"$1\" > /dev/null || die \"the persona has no $1: "                 \
    "'booth persona upgrade' brings the newest image\"; }\n"                                  \
    "user() { setpriv --reuid=1000 --regid=1000 --init-groups --inh-caps=-all -- \"$@\"; }\n" \
    "for socket in $XDG_RUNTIME_DIR/wayland-[0-9]; do [ ! -S $socket ] || "                   \
    "export WAYLAND_DISPLAY=${socket##*/}; done\n"                                            \
    "[ -n \"$WAYLAND_DISPLAY\" ] || die 'nobody is logged in to a graphical session'\n"

#endif
