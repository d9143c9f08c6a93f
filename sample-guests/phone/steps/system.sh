# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Makes the phone's file system and packs it. The maintainer scripts of 700 packages take 40 minutes
# under emulation; so they run in a twin, the same packages for amd64, and then the phone's own packages'
# files take the place of the amd64 ones.

# The time of the newest package, which each notes in the header of its first member.
SOURCE_DATE_EPOCH=$(for deb in $(cat "$work/phone.debs"); do
    dd if="$deb" bs=12 skip=2 count=1 status=none
    echo
done | sort -n | tail -n 1 | tr -d ' ')
export SOURCE_DATE_EPOCH

# root_step NAME ARG...: a step that runs as root
root_step() {
    step_name=$1
    shift
    as_root env "SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH" "PATH=$PATH" LC_ALL=C TZ=UTC "$here/steps/$step_name" "$@"
}

# show: a line for each thing that the twin begins, while it lasts
show() {
    shown=
    while kill -0 "$1" 2> /dev/null; do
        now=$(cat "$work/progress" 2> /dev/null || true)
        if [ "$now" != "$shown" ]; then
            step "the twin (amd64): $now"
            shown=$now
        fi
        sleep 1
    done
}

step "unpacking the phone's packages ($arch), beside it the twin"
root_step payload "$work" $arch &
payload=$!
root_step twin "$work" "$system" &
twin=$!
show $twin
wait $twin || die "the twin cannot be made"
wait $payload || die "the phone's packages cannot be unpacked"

step "$arch in the place of amd64"
root_step graft "$work" $arch "$kernel" $(recipe packages)

step "caches that $arch programs make"
mirror=$(awk '{ print $3; exit }' "$(dirname "$phone_apt")/sources.list")
root_step finish "$work" $arch "$qemu_user" "$mirror"

dpkg-deb --fsys-tarfile "$(cat "$work/busybox.debs")" | tar -x -C "$work/boot" ./usr/bin/busybox
dpkg-deb --fsys-tarfile "$(grep -m1 '/linux-image-[0-9]' "$work/phone.debs")" | tar -x -C "$work/kernel" --no-same-owner

# The image's name is made of its contents; the initrd knows it, and so does a data disk that lies over it.
step "naming the image by its contents"
image_id=$(as_root tar -c -C "$work/twin" --sort=name --numeric-owner --format=posix \
    --pax-option=exthdr.name=%d/%f,delete=atime,delete=ctime --xattrs --xattrs-include=security.capability . |
    sha256sum | cut -c1-32 | sed 's/\(........\)\(....\)\(....\)\(....\)/\1-\2-\3-\4-/')

# lz4hc saves 13 % of the size and takes 15 times as long, in one thread.
step "packing the system image"
as_root mkfs.erofs -zlz4 -C65536 "-U$image_id" "-T$SOURCE_DATE_EPOCH" --preserve-mtime \
    "$work/system.img" "$work/twin" > "$work/erofs.log" 2>&1 || die "mkfs.erofs: $(tail -n1 "$work/erofs.log")"
as_root chown "$(id -u):$(id -g)" "$work/system.img"
mv "$work/system.img" "$work/out/"
