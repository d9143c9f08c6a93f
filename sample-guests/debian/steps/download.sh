# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# Finds which packages the recipe means today and downloads those that are not in the cache.
# Leaves $debs (paths of the .deb files) and $work/out/packages.txt (their names, sizes and hashes).

step "asking apt which packages the recipe means"
export APT_CONFIG
APT_CONFIG=$("$apt_private" "--arch=$arch" $refresh) || exit 1
archives=$(apt-config shell dir Dir::Cache::archives/d)
archives=${archives#*\'}
archives=${archives%/\'*}

# A dpkg status file in which one package provides all that the recipe leaves out.
write_status() {
    apt-cache show --no-all-versions $(recipe absent) 2> /dev/null | awk '
        /^Package: / { name = $2 }
        /^Version: / { list = list (list ? ", " : "") name " (= " $2 ")" }
        END {
            print "Package: phonebooth-absent\nStatus: install ok installed\nVersion: 1"
            print "Architecture: all\nMaintainer: none\nDescription: none\nProvides: " list "\n"
        }' > "$work/status"
}

# Archive file names, sizes and hashes, whether they are in the cache or not.
list_packages() {
    apt-get -q install -o Dir::State::status="$work/status" --print-uris -o Dir::Cache::archives="$work/none" \
        $(recipe packages) > "$work/uris" 2> "$work/apt.log" ||
        die "apt cannot resolve the package list: $(grep -m1 -v '^Reading\|^Building' "$work/apt.log")"
    sed -n "s/^'[^']*' //p" "$work/uris" | sort > "$work/out/packages.txt"
}

# apt does not wait for another one that uses its cache, as another image's build may: so this waits.
download() {
    flock "$archives.lock" apt-get -q install -o Dir::State::status="$work/status" --download-only \
        $(recipe packages) > "$work/apt.log" 2>&1
}

write_status
list_packages
step "downloading what is missing of $(wc -l < "$work/out/packages.txt") packages"
if ! download; then
    # A package list older than the mirror names files that are gone there.
    [ -n "$refresh" ] || APT_CONFIG=$("$apt_private" "--arch=$arch" --refresh) || exit 1
    write_status
    list_packages
    download || die "cannot download the packages: $(grep -m1 '^E:' "$work/apt.log")"
fi

debs=$(sed "s,^,$archives/,; s, .*,," "$work/out/packages.txt")
