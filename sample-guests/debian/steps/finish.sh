# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Does what the packages' maintainer scripts would have done, as far as the persona needs it, adds
# our files, and makes caches now that every start would otherwise make again.

step "configuring"
multiarch=usr/lib/aarch64-linux-gnu

[ -e "$root/usr/bin/sh" ] || ln -s dash "$root/usr/bin/sh"
cp -a "$here/overlay/." "$root/"
ln -s ../bin/busybox "$root/usr/sbin/init"

# Commands that no package here brings (ps, ping, vi, reboot, ...) are busybox's.
for command in $(run_arm64 /usr/bin/busybox --list | grep -vE '^(busybox|dpkg.*|rpm.*)$'); do
    if [ ! -e "$root/usr/bin/$command" ] && [ ! -e "$root/usr/sbin/$command" ]; then
        ln -s busybox "$root/usr/bin/$command"
    fi
done

mkdir -p "$root/home/phone/.config" "$root/proc" "$root/sys" "$root/dev" "$root/run" "$root/tmp"
: > "$root/etc/machine-id"

for persona in personal work; do
    rsvg-convert -o "$root/usr/share/phonebooth/$persona/wallpaper.png" "$here/art/$persona.svg"
done

run_arm64 "/$multiarch/glib-2.0/glib-compile-schemas" "$root/usr/share/glib-2.0/schemas"
run_arm64 /usr/bin/update-mime-database "$root/usr/share/mime"
run_arm64 "/$multiarch/gdk-pixbuf-2.0/gdk-pixbuf-query-loaders" \
    "$root/$multiarch"/gdk-pixbuf-2.0/2.10.0/loaders/*.so | sed "s,$root,," \
    > "$root/$multiarch/gdk-pixbuf-2.0/2.10.0/loaders.cache"
run_arm64 "/$multiarch/glib-2.0/gio-querymodules" "$root/$multiarch/gio/modules"

# The library cache, of the standard directories. Saves a tenth of the start.
: > "$work/empty.conf"
run_arm64 /usr/sbin/ldconfig -X -f "$work/empty.conf" -C "$root/etc/ld.so.cache"

# Caches are valid for the time stamps of their directories: every file gets the same one, before
# and after. It also makes the image the same for the same packages.
find "$root" -exec touch -h -d @1 {} +
for theme in "$root"/usr/share/icons/*/index.theme; do
    run_arm64 /usr/bin/gtk-update-icon-cache -q -f "${theme%/*}"
done
run_arm64 /usr/bin/fc-cache --sysroot "$root"
find "$root" -exec touch -h -d @1 {} +
