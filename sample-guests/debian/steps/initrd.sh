# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Takes the kernel out of its package and makes the initrd: busybox, init, modules in load order.

step "making the initrd"
version=$(ls "$work/kernel/usr/lib/modules")
modules=$work/kernel/usr/lib/modules/$version
initrd=$work/initrd
mkdir -p "$initrd/bin" "$initrd/modules" "$initrd/dev" "$initrd/proc" "$initrd/sys" \
    "$initrd/system" "$initrd/data" "$initrd/root"

cp "$work/kernel/boot/vmlinuz-$version" "$work/out/vmlinuz"
cp "$root/usr/bin/busybox" "$here/initrd/init" "$initrd/"
mv "$initrd/busybox" "$initrd/bin/"

# depmod wants the modules where an installed system has them: below lib/modules.
ln -s usr/lib "$work/kernel/lib"
depmod -b "$work/kernel" "$version"

# Each wanted module after those that it needs; modules.dep lists these outermost first.
for module in $(recipe modules); do
    sed -n "s,^\(.*/$module\.ko[^:]*\):,\1,p" "$modules/modules.dep" | tr ' ' '\n' | grep . | tac
done | awk '!seen[$0]++' > "$work/modules"

while read -r module; do
    name=${module##*/}
    case $name in
    *.xz)
        name=${name%.xz}
        xz -dc "$modules/$module" > "$initrd/modules/$name"
        ;;
    *) cp "$modules/$module" "$initrd/modules/$name" ;;
    esac
    echo "$name"
done < "$work/modules" > "$initrd/modules/order"
for module in $(recipe modules); do
    grep -q "^$module\.ko" "$initrd/modules/order" || die "the kernel has no module $module"
done

find "$initrd" -exec touch -h -d @1 {} +
(cd "$initrd" && find . | sort | cpio --quiet -o -H newc --reproducible -R 0:0) > "$work/out/initrd.img"
