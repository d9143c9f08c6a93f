# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""The user's files. They are links to those of the old `upper`, so that they take no time and no space.

A file is taken over if the user made or changed it. If this image has changed it, too, the user's is taken, and in /etc
this image's is put beside it as FILE.dpkg-dist, as dpkg does. What packages brought, and what is made of that, is this
image's: packages that the user installed are installed again.
"""

import filecmp
import os
import shutil
import stat

from places import BASE, NEW, OLD, THIS, Failure, note, read_lines, run

# Programs are packages', except for what is in /usr/local; the rest is made anew at each start.
NOT_TAKEN = {
    "usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "boot", "proc", "sys", "dev", "run", "tmp",
    # accounts.py, alternatives() below; made of other files
    "etc/passwd", "etc/group", "etc/shadow", "etc/gshadow", "etc/subuid", "etc/subgid", "etc/passwd-", "etc/group-",
    "etc/shadow-", "etc/gshadow-", "etc/subuid-", "etc/subgid-", "etc/.pwd.lock", "etc/alternatives", "etc/ld.so.cache",
    "etc/.updated", "etc/mtab", "etc/apparmor.d/cache",
    # The state of packages and of their maintainer scripts
    "var/.updated", "var/lib/dpkg", "var/lib/apt/extended_states", "var/cache/apt/pkgcache.bin",
    "var/cache/apt/srcpkgcache.bin", "var/cache/debconf", "var/cache/ldconfig", "var/cache/fontconfig", "var/cache/man",
    "var/lib/systemd/catalog", "var/lib/systemd/deb-systemd-helper-enabled",
    "var/lib/systemd/deb-systemd-helper-masked", "var/lib/systemd/deb-systemd-user-helper-enabled",
    "var/lib/systemd/deb-systemd-user-helper-masked", "var/lib/pam", "var/lib/ucf", "var/lib/python", "var/lib/xml-core",
    "var/lib/sgml-base", "var/lib/shells.state", "var/lib/polkit-1/.cache",
}
TAKEN = {"usr/local"}
OPAQUE = "trusted.overlay.opaque"


def is_whiteout(info):
    """How overlayfs says that the file below is deleted (Linux, Documentation/filesystems/overlayfs.rst)."""
    return stat.S_ISCHR(info.st_mode) and info.st_rdev == 0


def look(path):
    try:
        return os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def same(one, two):
    """Both are there and have the same content; owner and mode may differ."""
    a, b = look(one), look(two)
    if not a or not b or stat.S_IFMT(a.st_mode) != stat.S_IFMT(b.st_mode):
        return False
    if stat.S_ISLNK(a.st_mode):
        return os.readlink(one) == os.readlink(two)
    if stat.S_ISREG(a.st_mode):
        return a.st_size == b.st_size and filecmp.cmp(one, two, shallow=False)
    return True


def same_attributes(one, two):
    a, b = look(one), look(two)
    return (a.st_mode, a.st_uid, a.st_gid) == (b.st_mode, b.st_uid, b.st_gid)


def is_wanted(name, source):
    """The user's file is not what this image has, or had and has changed since."""
    base, this = f"{BASE}/{name}", f"{THIS}/{name}"
    if not same(source, base):
        return not same(source, this) or not same_attributes(source, this)
    return same(base, this) and not same_attributes(source, base)


def put_beside(name, target):
    """Both the user and this image have changed a file of /etc."""
    base, this = f"{BASE}/{name}", f"{THIS}/{name}"
    if name.startswith("etc/") and look(base) and look(this) and os.path.isfile(this) and not same(base, this):
        shutil.copy2(this, target + ".dpkg-dist")
        note(f"/{name}: yours is kept, the new image's is beside it as .dpkg-dist")


def take_folder(name, source, target):
    info = os.lstat(source)
    this = look(f"{THIS}/{name}")
    os.mkdir(target)
    like = this if this and stat.S_ISDIR(this.st_mode) and look(f"{BASE}/{name}") and \
        same_attributes(source, f"{BASE}/{name}") else info
    os.chown(target, like.st_uid, like.st_gid)
    os.chmod(target, stat.S_IMODE(like.st_mode))
    if OPAQUE in os.listxattr(source):
        os.setxattr(target, OPAQUE, os.getxattr(source, OPAQUE))
    take_all(name, source, target)
    os.utime(target, ns=(info.st_atime_ns, info.st_mtime_ns))


def take_one(name, source, target):
    info = os.lstat(source)
    if is_whiteout(info):
        if look(f"{THIS}/{name}"):
            os.mknod(target, stat.S_IFCHR, 0)
    elif stat.S_ISDIR(info.st_mode):
        take_folder(name, source, target)
    elif is_wanted(name, source):
        os.link(source, target, follow_symlinks=False)
        put_beside(name, target)


def take_all(folder, source, target):
    for entry in sorted(os.listdir(source)):
        name = f"{folder}/{entry}".lstrip("/")
        if name not in NOT_TAKEN:
            take_one(name, f"{source}/{entry}", f"{target}/{entry}")


def owned():
    """The files of all packages that the old system had, as dpkg lists them; a merged /usr has two names for some."""
    paths = set()
    info = f"{OLD}/var/lib/dpkg/info"
    for name in os.listdir(info):
        if name.endswith(".list"):
            paths.update(line.lstrip("/").removeprefix("usr/") for line in read_lines(f"{info}/{name}"))
    return paths


def leave_out(source, target):
    """What the user put among the packages' programs by hand is kept where it can be found."""
    known = owned()
    count = 0
    for folder, _, names in os.walk(f"{source}/usr"):
        inside = folder[len(source) + 1:]
        if inside.startswith("usr/local") or "__pycache__" in inside:
            continue
        for name in names:
            path, kept = f"{folder}/{name}", f"{target}/var/lib/phonebooth/left-out/{inside}"
            info = os.lstat(path)
            if not stat.S_ISREG(info.st_mode) or f"{inside}/{name}".removeprefix("usr/") in known or \
                    look(f"{BASE}/{inside}/{name}"):
                continue
            if name.endswith(("cache", ".compiled", ".bin", ".alias")) or name.startswith(("modules.", "mime")):
                continue
            os.makedirs(kept, exist_ok=True)
            os.link(path, f"{kept}/{name}")
            count += 1
    if count:
        note(f"{count} files in /usr are no package's: they are in /var/lib/phonebooth/left-out")


def take_over(source, target):
    take_all("", source, target)
    if os.path.isdir(f"{source}/usr"):
        if os.path.isdir(f"{source}/usr/local"):
            os.mkdir(f"{target}/usr")
            take_folder("usr/local", f"{source}/usr/local", f"{target}/usr/local")
        leave_out(source, target)


def give_to_new_ids(top, ids):
    if not ids:
        return
    for folder, names, others in os.walk(top):
        for name in names + others:
            path = f"{folder}/{name}"
            info = os.lstat(path)
            user, group = ids.user(info.st_uid), ids.group(info.st_gid)
            if (user, group) != (info.st_uid, info.st_gid):
                os.lchown(path, user, group)
                if stat.S_ISREG(info.st_mode):
                    os.chmod(path, stat.S_IMODE(info.st_mode))


def alternatives():
    """The user's choices, where the new system has what he chose."""
    folder = "/etc/alternatives"
    for name in sorted(os.listdir(OLD + folder)):
        old, base = f"{OLD}{folder}/{name}", f"{BASE}{folder}/{name}"
        if not os.path.islink(old) or same(old, base):
            continue
        choice = os.readlink(old)
        if os.path.lexists(NEW + choice) and os.path.exists(f"{NEW}/var/lib/dpkg/alternatives/{name}"):
            try:
                run("chroot", NEW, "update-alternatives", "--set", name, choice)
            except Failure as failure:
                note(f"the alternative {name} is as the image has it: {failure}")
