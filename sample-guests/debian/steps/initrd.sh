# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Takes the kernel out of its package and makes the initrd: busybox, init, modules in load order; for a
# phone, what moves its data to this image from an older one.

step "making the initrd"
version=$(ls "$work/kernel/usr/lib/modules")
modules=$work/kernel/usr/lib/modules/$version
initrd=$work/initrd
mkdir -p "$initrd/bin" "$initrd/modules" "$initrd/dev" "$initrd/proc" "$initrd/sys" \
    "$initrd/system" "$initrd/data" "$initrd/root"

cp "$work/kernel/boot/vmlinuz-$version" "$work/out/vmlinuz"
cp "$root/usr/bin/busybox" "$initrd_init" "$initrd/"
mv "$initrd/busybox" "$initrd/bin/"
if [ -d "$here/upgrade" ]; then
    cp -r "$here/upgrade" "$initrd/"
fi

# depmod wants the modules where an installed system has them: below lib/modules.
ln -s usr/lib "$work/kernel/lib"
depmod -b "$work/kernel" "$version"

# Each wanted module after those that it needs; modules.dep lists these outermost first.
recipe modules > "$work/wanted"
while read -r module options; do
    needed=$(sed -n "s,^\(.*/$module\.ko[^:]*\):,\1,p" "$modules/modules.dep")
    [ -n "$needed" ] || die "the kernel has no module $module"
    for path in $(echo "$needed" | tr ' ' '\n' | tac); do
        name=${path##*/}
        name=${name%%.*}
        if [ ! -e "$initrd/modules/$name.ko" ]; then
            case $path in
            *.xz) xz -dc "$modules/$path" > "$initrd/modules/$name.ko" ;;
            *) cp "$modules/$path" "$initrd/modules/$name.ko" ;;
            esac
            if [ "$name" = "$module" ]; then
                echo "$name.ko $options"
            else
                echo "$name.ko"
            fi
        fi
    done
done < "$work/wanted" > "$initrd/modules/order"

find "$initrd" -exec touch -h -d @1 {} +
(cd "$initrd" && find . | sort | cpio --quiet -o -H newc --reproducible -R 0:0) > "$work/out/initrd.img"
