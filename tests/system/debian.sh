# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# shellcheck shell=sh
#
# Sourced by the tests of Debian phones: as a person does, they log in on the console and open the lock screen.

# prompts VM TEXT: the console's last line ends with it; what the kernel says meanwhile does not count
prompts() {
    booth console "$1" | tr -d '\r' | sed 's/\[ *[0-9]*\.[0-9]\{6\}\].*//' | grep . | tail -n 1 | grep -q "$2 *\$"
}

# answer VM PROMPT TEXT: types TEXT when the console asks for it
answer() {
    retry 120 prompts "$1" "$2" || {
        booth console "$1" | tail -n 12
        fail "the console of $1 does not ask: $2"
    }
    booth console "$1" "$3" > /dev/null || fail "the console of $1 takes nothing"
}

# log_in VM: a root shell on its console, as a person gets one; with $PASSWORD, or that of a new phone
log_in() {
    answer "$1" "login:" phone
    answer "$1" "Password:" "${PASSWORD:-1234}"
    answer "$1" "phone@$1:~[$]" "sudo -i"
    answer "$1" "password for phone:" "${PASSWORD:-1234}"
    answer "$1" "root@$1:~#" "bind 'set enable-bracketed-paste off'; stty columns 500; export SYSTEMD_PAGER="
    guest "$1" "id -u" | grep -qx 0 || fail "no root shell on the console of $1"
}

# screen VM NAME: what its screen shows, as picture NAME-VM
screen() {
    front "$1"
    shot "$2-$1"
}

# unlike PICTURE PICTURE: how many per cent of the pixels below the bar differ
unlike() {
    pixels differ "$shots/$1.png" "$shots/$2.png" 0 $BAR_HEIGHT $WIDTH $((HEIGHT - BAR_HEIGHT))
}

# opens_calculator VM: a tap where its icon is on the home screen starts it. The lock screen lets nobody do that.
opens_calculator() {
    front "$1"
    booth tap 90 528 || fail "cannot tap"
    sleep 5
    guest "$1" "pgrep -f '^(/usr/bin/)?gnome-calculator'" > /dev/null
}

# unlock VM: with the PIN, as on any phone
unlock() {
    opens_calculator "$1" && fail "$1 is not locked"
    for key in 1 2 3 4 enter; do
        booth key $key || fail "cannot type"
        sleep 1
    done
    retry 300 opens_calculator "$1" || fail "the PIN does not unlock $1, or no app opens"
}

# silent VM COMMAND: it succeeds and says nothing
silent() {
    silent_says=$(guest "$1" "$2 2>&1" 300) || fail "$2 fails: $silent_says"
    [ -z "$silent_says" ] || fail "$2 says: $silent_says"
}

# simple_package DIR: phonebooth-hello.deb there, with a command of that name
simple_package() {
    mkdir -p "$1/phonebooth-hello/DEBIAN" "$1/phonebooth-hello/usr/bin"
    printf '#!/bin/sh\necho hello from a package\n' > "$1/phonebooth-hello/usr/bin/phonebooth-hello"
    chmod 755 "$1/phonebooth-hello/usr/bin/phonebooth-hello"
    printf '%s\n' "Package: phonebooth-hello" "Version: 1" "Architecture: all" "Maintainer: none <none@localhost>" \
        "Description: a package to install" > "$1/phonebooth-hello/DEBIAN/control"
    dpkg-deb --root-owner-group --build "$1/phonebooth-hello" "$1/phonebooth-hello.deb" > /dev/null
}
