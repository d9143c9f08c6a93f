#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# What Sxmo has to know of a persona. It is named after the first word of the device tree's `compatible`, and read by
# /etc/profile.d/sxmo_init.sh.

export SXMO_MONITOR=Virtual-1
export SXMO_SWAY_SCALE=2
export SXMO_POWER_BUTTON=none
export SXMO_VOLUME_BUTTON=none

# The phone stands on a desk and is looked at from outside: it neither locks nor sleeps by itself.
mkdir -p "$XDG_CACHE_HOME/sxmo"
touch "$XDG_CACHE_HOME/sxmo/sxmo.noidle" "$XDG_CACHE_HOME/sxmo/sxmo.nosuspend"
