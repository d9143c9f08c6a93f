# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Packs $root as a read-only erofs. lz4hc: decompression is what an emulated CPU can afford.

step "packing the system image"
mkfs.erofs -zlz4hc,12 -C65536 -T1 -U 00000000-0000-0000-0000-000000000001 --all-root \
    "$work/out/system.img" "$root" > "$work/erofs.log" 2>&1 ||
    die "mkfs.erofs: $(tail -n1 "$work/erofs.log")"
