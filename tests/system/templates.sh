# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# shellcheck shell=sh
#
# Sourced by tests/system/apps, whose phone and whose words it uses: the templates with a window that docs/first-app.md
# does not use, from an empty folder to a finger on what they show.

pressed() {
    booth tap 360 900 && sleep 1 && logs "$1" "$2"
}

upper_part_is() {
    booth shot "$here/shape.png" && is "$(pixels colour "$here/shape.png" "$1" 40 200 640 300)" '>' 90
}

# template NAME ID SAYS COLOUR: its app is built and shows a window; it says that when a finger presses it, and the upper
# part of the screen has that colour
template() {
    say "the template $1"
    booth new --template "$1" --id "$2" "of-$1" > /dev/null || fail "no app is made"
    booth build "of-$1" > "$here/out" 2>&1 || fail "the app is not built: $(cat "$here/out")"
    booth install "of-$1" && booth launch "$2" || fail "the app is not installed or does not start"
    shows "$2" "the window is there"
    retry 60 pressed "$2" "$3" || fail "the app feels no finger: $(booth logs --app "$2")"
    retry 20 upper_part_is "$4" || fail "its window is not on the screen ($here/shape.png)"
    booth uninstall "$2" || fail "it is not removed"
}

booth shell loginctl unlock-sessions
template qt org.example.Qtwidgets "pressed 1 times" "#fefefe"
template c-sdl org.example.Sdl "touched at 180, 386" "#241f31"
