# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# shellcheck shell=sh
#
# Sourced by the tests of the emulator's host side: a phone without disks, of which nothing but window,
# control socket and switchboard is looked at.

folder=$work/window
mkdir -p "$folder"
for file in hypervisor.elf switchboard.bin switchboard.dtb table.bin; do
    ln -sf "$images/$file" "$folder/$file"
done
sed '/^\[emmc\]/,/^$/d; /^data-slot=/d; /^system.img=/d' "$images/handset.ini" > "$folder/handset.ini"

# start_bare [NAME=VALUE...] -- [OPTION...]: the phone in the background, what it says in $log
start_bare() {
    set_env=
    while [ "$1" != -- ]; do
        set_env="$set_env $1"
        shift
    done
    shift
    # shellcheck disable=SC2086 # a list of words
    env -u DISPLAY -u WAYLAND_DISPLAY -u SDL_VIDEODRIVER $set_env \
        timeout 150 "$B/bin/phonebooth" --name "$phone" --handset "$folder" "$@" > "$log" 2>&1 &
    retry 60 booth status > /dev/null 2>&1 || fail "the phone does not start: $(cat "$log")"
}

stop_bare() {
    booth stop || fail "it does not stop"
    wait
}

# state MEMBER VALUE: what status says
state() {
    booth --json status | grep -q "\"$1\":$2[,}]"
}
