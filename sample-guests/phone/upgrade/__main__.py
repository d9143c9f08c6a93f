# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Moves a persona's data from the system image that it was stored over to this one.

The initrd runs it in this image, before there is any root file system to write to, on a copy of the data disk:

    /            this image, read-only
    /run/base    the image that the data was stored over, read-only
    /run/data    the data disk: `upper`, what was stored over that image

It makes `upper.new`, which is to lie over this image: the user's files and settings as they were, and dpkg's database as
this image has it, with the packages that the user installed, installed again by apt from what is on the disk. No network.
The end is in /run/data/upgraded: "done", or "failed: " and why; what was noteworthy is in the persona's
/var/log/phonebooth-upgrade.log. See docs/design/persona-image.md.
"""

import os
import shutil
import sys

import accounts
import files
import packages
from places import BASE, DATA, NEW, OLD, Failure, note, notes, run, say


def mount(where, lower, upper=None):
    os.makedirs(where, exist_ok=True)
    options = f"lowerdir={lower}"
    if upper:
        os.makedirs(upper + ".work", exist_ok=True)
        options += f",upperdir={upper},workdir={upper}.work"
    run("mount", "-t", "overlay", "-o", options, "overlay", where)


def prepare_chroot():
    """Maintainer scripts run in the new system; nothing is started in it."""
    for name in "proc", "sys", "dev":
        run("mount", "--rbind", f"/{name}", f"{NEW}/{name}")
    run("mount", "-t", "tmpfs", "tmpfs", f"{NEW}/run")
    with open(f"{NEW}/usr/sbin/policy-rc.d", "x", encoding="utf-8") as file:
        file.write("#!/bin/sh\nexit 101\n")
    os.chmod(f"{NEW}/usr/sbin/policy-rc.d", 0o755)


def check():
    said = run("chroot", NEW, "dpkg", "--audit")
    if said:
        raise Failure("dpkg --audit says: " + said)
    run("chroot", NEW, "apt-get", "-qq", "check")


def image_name():
    """The UUID in the superblock of the erofs on the first disk, as the initrd writes it."""
    with open("/dev/vda", "rb") as disk:
        disk.seek(1024 + 48)
        return disk.read(16).hex()


def finish(upper):
    """The new files take the place of the old ones. This is a copy of the data: nobody needs those any more."""
    os.unlink(f"{NEW}/usr/sbin/policy-rc.d")
    with open(f"{NEW}/var/log/phonebooth-upgrade.log", "a", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in notes))
    for where in f"{NEW}/run", f"{NEW}/dev", f"{NEW}/sys", f"{NEW}/proc", NEW, OLD:
        run("umount", "-R", where)
    for name in "upper", "work", "upper.new.work", "debs":
        shutil.rmtree(f"{DATA}/{name}", ignore_errors=True)
    os.rename(upper, f"{DATA}/upper")
    os.mkdir(f"{DATA}/work")
    with open(f"{DATA}/image", "w", encoding="utf-8") as file:
        file.write(image_name() + "\n")


def upgrade():
    upper = f"{DATA}/upper.new"
    mount(OLD, f"{DATA}/upper:{BASE}")
    plan = packages.Plan()
    if plan.again:
        note(f"packages that are installed again: {' '.join(plan.again)}")
    if plan.removed:
        note(f"packages that are removed again: {' '.join(plan.removed)}")
    say("upgrade: packing packages of the user's")
    ids = accounts.merge()
    debs = [packages.repack(name, plan.old[name], ids) for name in plan.again]
    say("upgrade: taking over files")
    os.makedirs(upper)
    files.take_over(f"{DATA}/upper", upper)
    accounts.write(upper)
    files.give_to_new_ids(upper, ids)
    mount(NEW, "/", upper)
    prepare_chroot()
    say("upgrade: installing packages")
    plan.carry_out(debs)
    files.alternatives()
    run("chroot", NEW, "ldconfig")
    say("upgrade: checking")
    check()
    finish(upper)


def main():
    try:
        upgrade()
    except (Failure, OSError, KeyError, ValueError) as failure:
        end = f"failed: {failure}".replace("\n", " ")[:900]
    else:
        end = "done"
    with open(f"{DATA}/upgraded", "w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in [end, *notes]))
    say("upgrade: " + end)
    sys.exit(end != "done")


main()
