# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# shellcheck shell=sh
#
# Sourced by tests/system/apps, whose phone and whose words it uses: an app in gdb, where its time goes, its crash;
# a persona's kernel and the hypervisor in gdb, and what a kernel does on a timeline.

say "an app in gdb"
booth new --template c-cli --id org.example.Toil toil > /dev/null || fail "no app is made"
cp "$top/tests/system/toil.c" toil/src/main.c
booth build toil > /dev/null 2>&1 && booth install toil || fail "the app is not built or installed"
# in_gdb DEBUG-OPTION... -- GDB-OPTION...: what gdb says is in $here/gdb
in_gdb() {
    say "booth debug $*"
    booth debug "$@" > "$here/gdb" 2>&1 < /dev/null || fail "gdb fails: $(tail -n 20 "$here/gdb")"
}
gdb_says() {
    grep -q "$1" "$here/gdb" || fail "gdb does not say '$1': $(tail -n 30 "$here/gdb")"
}
in_gdb toil -- -batch -ex "break toil" -ex continue -ex "print turns" -ex backtrace -ex "tbreak done" -ex continue \
    -ex "print sum" -ex kill
gdb_says "^Breakpoint 1, toil (turns=.*300000"
gdb_says "^\$1 = 300000"
gdb_says "^#1 .* main () at .*src/main.c"
gdb_says "^\$2 = 44999850000"

say "where its time goes"
booth launch org.example.Toil || fail "the app does not start"
shows org.example.Toil "toiling"
booth profile --json --seconds 2 org.example.Toil "$here/toil.svg" > "$here/out" || fail "there is no profile"
grep -qx '{"ok":true,"file":".*/toil.svg","samples":[1-9][0-9]*}' "$here/out" || fail "it says: $(cat "$here/out")"
python3 - "$here/toil.svg" << 'END' || fail "the flame graph does not show it"
import re, sys, xml.etree.ElementTree
titles = [e.text for e in xml.etree.ElementTree.parse(sys.argv[1]).iter("{http://www.w3.org/2000/svg}title")]
shares = {name: float(share) for name, share in (re.match(r"(.*): ([\d.]+) %, \d+ samples$", t).groups() for t in titles)}
print(shares)
sys.exit(not (shares["main"] >= shares["toil"] > 30))
END

say "attach to it as it runs"
in_gdb org.example.Toil --attach -- -batch -ex "break toil" -ex continue -ex "print turns" -ex detach
gdb_says "^\$1 = 300000"
booth apps | grep -q "^org.example.Toil .*running" || fail "it has ended: $(booth apps)"

say "an editor's debugger"
# shellcheck disable=SC2046 # words
if [ "$(gdb-multiarch --version | sed -n '1s/.* \([0-9]*\)[.].*/\1/p')" -ge 14 ]; then
    "$top/tests/system/dap" "$B/bin/booth" "$phone" toil || fail "the conversation fails"
else
    fails_with 5 "in gdb since version 14, and .* is version" booth debug --dap toil
fi

say "what the kernel does, on the timeline of EL2, and the app's marks"
fails_with 2 "it goes with --kernel" booth trace --vm work "$here/toil.json"
booth trace --kernel --seconds 2 "$here/toil.json" || fail "there is no trace"
"$top/tests/system/kernel-trace" "$here/toil.json" personal toil || fail "the trace is wrong"
# What nobody records looks so: no events, and the clock is the local one
for vm in personal work; do
    booth shell --vm $vm 'cat /sys/kernel/tracing/set_event /sys/kernel/tracing/trace_clock' | grep -q '^\[local\] ' &&
        [ "$(booth shell --vm $vm 'wc -l < /sys/kernel/tracing/set_event')" = 0 ] || fail "ftrace of $vm goes on"
done

say "its crash"
booth shell touch /home/phone/.local/share/phonebooth/org.example.Toil/crash
shows org.example.Toil "gives_up"
shows org.example.Toil "main"
in_gdb toil --core -- -batch -ex backtrace
gdb_says "^#.* gives_up (turn=.*[0-9])"

say "a persona's kernel, and the hypervisor"
in_gdb --vm work -- -batch -ex "vbreak schedule" -ex continue -ex backtrace -ex "x/s (char *)&linux_banner" -ex stepi -ex "info registers pc"
gdb_says "hit Breakpoint 1, .* in schedule ()"
gdb_says "^#[1-9].* in [a-z_]* ()"
gdb_says "Linux version 6"
gdb_says "<schedule+[48]>"
in_gdb --el2 -- -batch -ex backtrace -ex "info line"
gdb_says "^#0 .*\.[cS]:[0-9]"
[ "$(booth shell --vm work hostname)" = work ] || fail "work does not go on"
booth uninstall org.example.Toil > /dev/null
