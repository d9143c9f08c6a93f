# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Modules that no start loads, with those that they need, where modprobe finds them. After initrd.sh.

step "adding modules for later"
later=$root/usr/lib/modules/$version
for module in $(recipe later); do
    needed=$(sed -n "s,^\(.*/$module\.ko[^:]*\):,\1,p" "$modules/modules.dep")
    [ -n "$needed" ] || die "the kernel has no module $module"
    for path in $needed; do
        if [ ! -e "$later/${path%.xz}" ]; then
            mkdir -p "$later/${path%/*}"
            case $path in
            *.xz) xz -dc "$modules/$path" > "$later/${path%.xz}" ;;
            *) cp "$modules/$path" "$later/$path" ;;
            esac
        fi
    done
done
depmod -b "$root" "$version" 2> /dev/null
find "$root/usr/lib/modules" -exec touch -h -d @1 {} +
