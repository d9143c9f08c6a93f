# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Finds which packages the recipe means today and downloads those that are not in the cache: the
# phone's, and the same ones for amd64. Leaves lists of .deb files in $work: phone.debs, twin.debs, base.debs
# (the twin's essential ones), busybox.debs; and $work/out/packages.txt, the phone's packages with sizes and
# hashes.

step "asking apt which packages the recipe means"
phone_apt=$("$apt_private" --arch=$arch $refresh) || exit 1
twin_apt=$("$apt_private" --arch=amd64 $refresh) || exit 1
archives=$(APT_CONFIG=$phone_apt apt-config shell dir Dir::Cache::archives/d)
archives=${archives#*\'}
archives=${archives%/\'*}
set -f
always='?essential ?priority(required) ?priority(important)'

# install CONFIG APT-OPTION PACKAGE...: all packages are in one cache, so that what both have is there once.
# apt does not wait for another one that uses it, as another image's build may: so this waits.
install() {
    config=$1
    option=$2
    shift 2
    APT_CONFIG=$config flock "$archives.lock" apt-get -q install "$option" -o "Dir::Cache::archives=${cache_of:-$archives}" "$@" 2> "$work/apt.log" ||
        die "apt: $(grep -m1 '^E:' "$work/apt.log" || tail -n1 "$work/apt.log")"
}

# list CONFIG PACKAGE...: "FILE SIZE HASH" of each package that would be installed, in apt's order
list() {
    list_config=$1
    shift
    mkdir -p "$work/none/partial"
    cache_of=$work/none install "$list_config" --print-uris "$@" | sed -n "s/^'[^']*' //p"
}

# paths: the files of such a list
paths() {
    sed "s,^,$archives/,; s, .*,,"
}

resolve() {
    list "$phone_apt" $always "$kernel" $(recipe packages) > "$work/phone.list"
    # The twin has the same packages. It needs no kernel.
    twin_names=$(sed 's/_.*//' "$work/phone.list" | grep -v '^linux-image-')
    list "$twin_apt" $twin_names > "$work/twin.list"
    list "$twin_apt" '?essential' | paths > "$work/base.debs"
    list "$phone_apt" busybox-static | grep '^busybox-static_' | paths > "$work/busybox.debs"
}

download() {
    install "$phone_apt" --download-only $always "$kernel" $(recipe packages) busybox-static > /dev/null
    install "$twin_apt" --download-only $twin_names > /dev/null
}

resolve
step "downloading what is missing of $(sort -u "$work/phone.list" "$work/twin.list" | wc -l) packages"
if ! (download) 2> /dev/null; then
    # A package list older than the mirror names files that are gone there.
    "$apt_private" --arch=$arch --refresh > /dev/null
    "$apt_private" --arch=amd64 --refresh > /dev/null
    resolve
    download
fi
set +f

paths < "$work/phone.list" > "$work/phone.debs"
paths < "$work/twin.list" > "$work/twin.debs"
sort "$work/phone.list" > "$work/out/packages.txt"
for deb in $(cat "$work"/*.debs); do
    [ -r "$deb" ] || die "$deb is missing from apt's cache: build with --refresh"
done
