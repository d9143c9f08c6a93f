# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# shellcheck shell=sh
#
# Sourced by the system tests. They share one phone, named after the build, with data disks of its own: the first
# that needs it boots it, tests/system/99-stop ends it. Each can be run alone. It is the small handset: quick to
# boot, with a root shell on each console.

top=$(cd "$(dirname "$0")/../.." && pwd)
B=${B:-$top/build}
case $B in /*) ;; *) B=$top/$B ;; esac
phone=check-$(printf %s "$B" | cksum | cut -d' ' -f1)
work=$B/check
images=$B/images/handset-small
handset=$work/handset
shots=$work/shots
faulty=$work/faulty
export XDG_STATE_HOME="$work/state"
mkdir -p "$work" "$shots" "$XDG_STATE_HOME"

# The host's time zone, as the phone sees it: one that no default is
PHONE_ZONE=Asia/Kathmandu
PHONE_OFFSET=+0545

BAR_HEIGHT=64
WIDTH=720
HEIGHT=1440

booth() {
    "$B/bin/booth" --name "$phone" "$@"
}

pixels() {
    "$B/tests/pixels" "$@"
}

say() {
    echo "[$(date +%T)] $*"
}

fail() {
    say "FAIL: $*"
    exit 1
}

skip() {
    echo "$*"
    exit 77
}

# is NUMBER OP NUMBER: compare decimal fractions
is() {
    awk -v a="$1" -v b="$3" "BEGIN { exit !(a $2 b) }"
}

# retry SECONDS COMMAND...: until it succeeds; looks once a second, for conditions that no event tells
retry() {
    retry_end=$(($(date +%s) + $1))
    shift
    until "$@"; do
        [ "$(date +%s)" -lt "$retry_end" ] || return 1
        sleep 1
    done
}

# What may not leave work to begin with, as its description says: ports that no host gives to programs by itself
FORBIDDEN="tcp host:61000-61099"

# The handset with data disks of its own: a person's are never touched by a test.
make_handset() {
    rm -rf "$handset"
    mkdir -p "$handset"
    (cd "$images" && find . -path ./snapshots -prune -o -type d -print) | while read -r dir; do
        mkdir -p "$handset/$dir"
    done
    (cd "$images" && find . -path ./snapshots -prune -o ! -type d -print) | while read -r file; do
        case $file in
        */data.*) cp --sparse=always "$images/$file" "$handset/$file" ;;
        ./handset.ini) sed "/^name=work\$/a firewall=block $FORBIDDEN" "$images/$file" > "$handset/$file" ;;
        *) ln -s "$(readlink -f "$images/$file")" "$handset/$file" ;;
        esac
    done
}

# start_phone [OPTION...]: without any, headless, and what this computer plays is in $work/computer.raw, and
# what its microphone hears in $work/microphone.raw. The host's disks
# fail for it when a test says so in $faulty (faulty.c).
start_phone() {
    [ $# -gt 0 ] || set -- --headless --audio disk
    say "starting the phone"
    rm -f "$faulty"
    (export TZ=$PHONE_ZONE SDL_DISKAUDIOFILE="$work/computer.raw" SDL_DISKAUDIOFILEIN="$work/microphone.raw" LD_PRELOAD="$B/tests/faulty.so" FAULTY="$faulty"; booth run --background -- "$@" --handset "$handset") ||
        fail "the phone does not start"
    phone_pid > /dev/null
}

# The emulator's process, while it answers; its messages
phone_pid() {
    booth status --json | sed -n 's/.*"pid":\([0-9]*\).*/\1/p' | tee "$work/pid"
}

phone_log() {
    echo "$XDG_STATE_HOME/phonebooth/$phone/emulator.log"
}

# The process that start_phone made, or phone_pid saw last, has ended.
phone_gone() {
    ! kill -0 "$(cat "$work/pid")" 2> /dev/null
}

# on_disk VM FILE: a file of a VM's data disk, looked at from outside while no phone runs. Once there are snapshots,
# the disk is a layer over its image.
on_disk() {
    case $1 in personal) on_slot=1 ;; work) on_slot=2 ;; esac
    on_layer=$(sed -n "s/.*\"\($on_slot-[0-9a-f]*\.qcow2\)\".*/\1/p" "$handset/snapshots/present.json" 2> /dev/null)
    if [ -n "$on_layer" ]; then
        qemu-img convert -f qcow2 -O raw "$handset/snapshots/disks/$on_layer" "$work/disk.img" || return 1
    else
        cp --sparse=always "$handset/$1/data.img" "$work/disk.img"
    fi
    /sbin/e2fsck -fp "$work/disk.img" > /dev/null # what is in the journal only
    /sbin/debugfs -R "cat $2" "$work/disk.img" 2> /dev/null
    rm -f "$work/disk.img"
}

# why_not: the end of each log, for a boot that did not succeed
why_not() {
    booth status
    for vm in el2 switchboard personal work; do
        echo "--- the end of the log of $vm"
        booth console "$vm" | tail -n 15
    done
}

wait_home() {
    booth wait --timeout "${2:-600}" "$1" || {
        why_not
        fail "no home screen of $1"
    }
}

# A running phone with both home screens up.
need_phone() {
    if ! booth status > /dev/null 2>&1; then
        make_handset
        start_phone
    fi
    wait_home personal
    wait_home work
}

# start_x [OPTION...]: an X server: $xvfb is its process, $DISPLAY its name, $work/x what it shows (x-picture). 1: there
# is none on this host.
start_x() {
    command -v Xvfb > /dev/null && command -v xdotool > /dev/null || return 1
    rm -f "$work/display" # of a server before: the new one may empty it only later
    mkdir -p "$work/x"
    Xvfb -displayfd 3 -screen 0 1400x1000x24 -fbdir "$work/x" "$@" 3> "$work/display" 2> "$work/xvfb.log" &
    xvfb=$!
    retry 30 test -s "$work/display" || fail "no X server: $(cat "$work/xvfb.log")"
    DISPLAY=:$(cat "$work/display")
    export DISPLAY
}

# The phone's window; asks it to close.
window_of_phone() {
    xdotool search --onlyvisible --class . | tail -n 1
}

close_window() {
    "$top/tests/system/close-window" "$(window_of_phone)"
}

# serve FOLDER: a web server of this computer for it, which a persona reaches at 10.0.2.2:$port. Its process is $server:
# whoever calls this ends it.
serve() {
    rm -f "$work/server.log" # of a server before: the new one may empty it only later
    python3 -m http.server --bind 127.0.0.1 --directory "$1" 0 > "$work/server.log" 2>&1 &
    server=$!
    retry 20 serves || fail "no web server on this computer: $(cat "$work/server.log")"
}

serves() {
    port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' "$work/server.log" 2> /dev/null)
    [ -n "$port" ]
}

# out_of_order VM: how many TCP segments it has had that came before one they follow, which was lost or overtaken
out_of_order() {
    guest "$1" "busybox awk '/TCPOFOQueue/ { while (\$++n != \"TCPOFOQueue\"); next } n { print \$n; exit }' /proc/net/netstat"
}

# hand VM PROGRAM: of what serve() serves, into /tmp there
hand() {
    guest "$1" "busybox wget -q -O /tmp/$2 http://10.0.2.2:$port/$2 && chmod +x /tmp/$2" || fail "$1 does not get $2"
}

# free_port: of this computer
free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

stop_phone() {
    booth status > /dev/null 2>&1 || return 0
    booth stop
}

shot() {
    booth shot "$shots/$1.png" || fail "no screenshot"
}

# colour_of VM: its colour, as the phone says
colour_of() {
    booth status --json | tr '{' '\n' | sed -n "s/.*\"name\":\"$1\".*\"colour\":\"\(#[0-9a-fA-F]*\)\".*/\1/p"
}

# bar_shows VM: the picture's bar has that persona's colour
bar_shows() {
    shot bar
    is "$(pixels colour "$shots/bar.png" "$(colour_of "$1")" 0 0 $WIDTH $BAR_HEIGHT)" '>' 20
}

front() {
    booth switch "$1" || fail "cannot switch to $1"
}

NO_ANSWER=124

# guest VM COMMAND [SECONDS]: run in the persona's root shell on its console, print what it prints. The
# command's status, or NO_ANSWER: a silent persona is no answer, neither yes nor no.
guest() {
    guest_mark=m$(date +%s%N)
    booth console "$1" "$2; echo $guest_mark\$?" > /dev/null || return $NO_ANSWER
    retry "${3:-60}" guest_done "$1" "$guest_mark" || return $NO_ANSWER
    # A line that came while the shell was busy is there twice.
    guest_text "$1" | sed -n "/; echo $guest_mark/,/^$guest_mark[0-9]/p" | sed "/; echo $guest_mark/d; /^$guest_mark[0-9]/d"
    return "$guest_status"
}

# guest_denies VM COMMAND: it ran in the persona, and failed there
guest_denies() {
    guest "$@" > /dev/null
    case $? in
    0) return 1 ;;
    $NO_ANSWER) fail "$1 does not answer" ;;
    esac
}

# app_runs VM: the terminal app does; fails the test if the persona does not say
app_runs() {
    apps=$(guest "$1" "cat /proc/[0-9]*/comm 2> /dev/null; echo end-of-list") || fail "$1 does not answer"
    echo "$apps" | grep -qx end-of-list || fail "$1 does not say what runs"
    echo "$apps" | grep -qx foot
}

# refused STATUS WORD COMMAND...: the command ends with STATUS, and says WORD
refused() {
    refused_status=$1
    refused_word=$2
    shift 2
    refused_text=$("$@" 2>&1)
    set -- $?
    say "status $1: $refused_text"
    [ "$1" = "$refused_status" ] && echo "$refused_text" | grep -q "$refused_word"
}

# state VM: as the phone says
state() {
    booth status --json | tr '{' '\n' | sed -n "s/.*\"name\":\"$1\".*\"state\":\"\([a-z]*\)\".*/\1/p"
}

state_is() {
    [ "$(state "$1")" = "$2" ]
}

# display_is on|off
display_is() {
    booth status | head -n 1 | grep -q "display $1"
}

# The last lines of the console of $1
guest_text() {
    booth console "$1" | tr -d '\r' | tail -n 400
}

guest_done() {
    guest_status=$(guest_text "$1" | sed -n "s/^$2\([0-9][0-9]*\)\$/\1/p" | head -n 1)
    [ -n "$guest_status" ]
}
