# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
# shellcheck shell=sh
#
# Runs in a persona, as its user, without a network: makes a runtime that is a shell and its libraries, and an app,
# exports both to a repository, installs the app from there and runs it. Leaves the repository and the app as one file.
set -e
where=/tmp/flatpak
mkdir "$where"
cd "$where"
mkdir -p runtime/files runtime/usr/bin runtime/usr/lib app/files/bin app/export
platform=org.phonebooth.Platform/$(flatpak --default-arch)/1
printf '%s\n' "[Runtime]" "name=org.phonebooth.Platform" "runtime=$platform" "sdk=$platform" > runtime/metadata
cp /bin/bash runtime/usr/bin/sh
ldd /bin/bash | grep -o '/[^ ]*' | xargs -I '{}' cp '{}' runtime/usr/lib/
printf '%s\n' "[Application]" "name=org.phonebooth.Hello" "runtime=$platform" "sdk=$platform" "command=hello" > app/metadata
printf '#!/bin/sh\n[ ! -e /home/phone/kept-from-apps ] && echo "hello from $FLATPAK_ID"\n' > app/files/bin/hello
# With no coreutils in the runtime, this waits: a pipe that nobody writes to
printf '[ "$1" = once ] || { exec 3<> <(:); read -r -t 200 -u 3; }\n' >> app/files/bin/hello
chmod 755 app/files/bin/hello
touch ~/kept-from-apps
for name in runtime app; do
    flatpak build-export --disable-sandbox repository $name 1 > /dev/null
done
flatpak --user remote-add --no-gpg-verify test "$where/repository"
flatpak --user install --noninteractive test org.phonebooth.Hello
flatpak run org.phonebooth.Hello once
flatpak --user uninstall --noninteractive org.phonebooth.Hello > /dev/null
flatpak build-bundle repository hello.flatpak org.phonebooth.Hello 1
