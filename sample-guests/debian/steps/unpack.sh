# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Unpacks the packages into $root, the kernel package into $work/kernel. Maintainer scripts do not
# run (under emulation they take a quarter of an hour); the few of their effects that matter are in
# finish.sh. Files are ours while building; in the image they all belong to root.

step "unpacking"

recipe prune > "$work/prune"

# The places that a merged /usr replaces by links, and mount points.
mkdir -p "$root/usr/bin" "$root/usr/sbin" "$root/usr/lib" "$root/data"
for dir in bin sbin lib; do
    ln -s "usr/$dir" "$root/$dir"
done

for deb in $debs; do
    [ -r "$deb" ] || die "$deb is missing from apt's cache: build with --refresh"
    case ${deb##*/} in
    linux-image-*)
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$work/kernel" --no-same-owner
        ;;
    *)
        dpkg-deb --fsys-tarfile "$deb" | tar -xp -C "$root" --no-same-owner \
            --keep-directory-symlink --wildcards --exclude-from="$work/prune"
        ;;
    esac || die "cannot unpack ${deb##*/} (no space left, or a damaged file: delete it)"
done
