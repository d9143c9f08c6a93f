# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Users and groups: this image's, with what the user changed and added.

An image's own users keep the numbers that this image gives them, and files follow. Users that came later keep theirs,
unless this image has given the number to another one.
"""

import os

from places import BASE, OLD, THIS, Failure, note, read_lines

ID = {"passwd": 2, "group": 2}
MODES = {"passwd": 0o644, "group": 0o644, "shadow": 0o640, "gshadow": 0o640, "subuid": 0o644, "subgid": 0o644}

merged = {}


class Ids:
    """New numbers of users and groups that have other ones now."""

    def __init__(self):
        self.users, self.groups = {}, {}

    def __bool__(self):
        return bool(self.users or self.groups)

    def user(self, number):
        return self.users.get(number, number)

    def group(self, number):
        return self.groups.get(number, number)


def read(top, name):
    return {line.split(":", 1)[0]: line.split(":") for line in read_lines(f"{top}/etc/{name}") if line.strip()}


def members(fields):
    return [member for member in fields[-1].split(",") if member]


def merge_members(base, old, new):
    """This image's members of a group, with those that the user added and without those that he removed."""
    before, mine = members(base), members(old)
    kept = [member for member in members(new) if member in mine or member not in before]
    return kept + [member for member in mine if member not in before and member not in kept]


def merge_entry(name, base, old, new):
    """One user or group that both systems have."""
    if base == old:
        return new
    entry = list(old)
    if name in ("passwd", "group"):
        entry[2] = new[2]
    if name == "passwd":
        entry[3] = new[3]
    if name in ("group", "gshadow"):
        entry[-1] = ",".join(merge_members(base or [""], old, new))
    return entry


def free_number(wanted, taken):
    """WANTED, or the next one of its kind that nobody has: Debian's own users are below 1000."""
    number = wanted
    while number in taken:
        number = number - 1 if wanted < 1000 else number + 1
        if number < 100:
            raise Failure("no number is left for a user or group of the system")
    return number


def merge_file(name):
    base, old, new = read(BASE, name), read(OLD, name), read(THIS, name)
    result = {key: merge_entry(name, base.get(key), old[key], new[key]) if key in old else new[key] for key in new}
    taken = {int(entry[2]) for entry in result.values()} if name in ID else set()
    for key in old:
        if key in new or key in base:
            continue
        entry = list(old[key])
        if name in ID:
            entry[2] = str(free_number(int(entry[2]), taken))
            taken.add(int(entry[2]))
        result[key] = entry
    return old, result


def renumbered(old, result):
    return {int(old[key][2]): int(result[key][2]) for key in old if key in result and old[key][2] != result[key][2]}


def merge():
    """Reads the accounts of all three systems; the Ids that change."""
    ids = Ids()
    old, merged["group"] = merge_file("group")
    ids.groups = renumbered(old, merged["group"])
    old, merged["passwd"] = merge_file("passwd")
    ids.users = renumbered(old, merged["passwd"])
    this = read(THIS, "passwd")
    for key, entry in merged["passwd"].items():
        if key not in this:
            entry[3] = str(ids.group(int(entry[3])))
    for name in "shadow", "gshadow", "subuid", "subgid":
        merged[name] = merge_file(name)[1]
    if ids:
        note(f"users {ids.users} and groups {ids.groups} have new numbers")
    return ids


def write(upper):
    """Those files that are not as this image has them."""
    os.makedirs(f"{upper}/etc", exist_ok=True)
    for name, entries in merged.items():
        lines = [":".join(entry) for entry in entries.values()]
        if lines == [line for line in read_lines(f"{THIS}/etc/{name}") if line.strip()]:
            continue
        path = f"{upper}/etc/{name}"
        with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write("".join(line + "\n" for line in lines))
        info = os.stat(f"{THIS}/etc/{name}")
        os.chown(path, info.st_uid, info.st_gid)
        os.chmod(path, MODES[name])
