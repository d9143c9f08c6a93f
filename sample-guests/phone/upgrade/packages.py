# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Packages: dpkg's database is this image's. What the user installed or upgraded beyond it is packed again from the old
system's files and installed by apt; what he removed is removed. So dpkg itself does all that is done to its database."""

import io
import os
import re
import stat
import subprocess
import tarfile

from places import BASE, DATA, NEW, OLD, THIS, Failure, note, read_lines, run, say

ADMIN = "var/lib/dpkg"
# What of dpkg's own files of a package is in the package.
CONTROL = ("preinst", "postinst", "prerm", "postrm", "config", "templates", "conffiles", "md5sums", "shlibs", "symbols",
           "triggers")
NOT_IN_CONTROL = ("Status", "Conffiles", "Config-Version", "Triggers-Pending", "Triggers-Awaited")


def paragraphs(path):
    fields, name = {}, None
    for line in read_lines(path) + [""]:
        if not line:
            if fields:
                yield fields
            fields = {}
        elif line[0] in " \t":
            fields[name] += "\n" + line
        else:
            name, _, value = line.partition(":")
            fields[name] = value.strip()


def installed(top):
    """Name to paragraph. A package of another architecture than the system's is NAME:ARCH."""
    native = (read_lines(f"{top}/{ADMIN}/arch-native") or [""])[0]
    found = {}
    for fields in paragraphs(f"{top}/{ADMIN}/status"):
        if fields.get("Status", "").endswith(" ok installed"):
            foreign = fields["Architecture"] not in (native, "all") and native
            found[fields["Package"] + (":" + fields["Architecture"] if foreign else "")] = fields
    return found


def is_newer(one, two):
    return subprocess.run(["dpkg", "--compare-versions", one, "gt", two], check=False).returncode == 0


def alternatives_of(relation):
    """The package names of "a (>= 1) | b:any"."""
    return [re.split(r"[\s(:\[]", part.strip(), maxsplit=1)[0] for part in relation.split("|")]


def depends(fields):
    return [relation for name in ("Depends", "Pre-Depends") for relation in fields.get(name, "").split(",") if relation.strip()]


def names_of(packages):
    """The names that packages have and provide."""
    names = {name.split(":")[0] for name in packages}
    for fields in packages.values():
        for relation in fields.get("Provides", "").split(","):
            names.update(alternatives_of(relation) if relation.strip() else [])
    return names


def marked(top):
    """The packages that came only because others need them."""
    return {fields["Package"] for fields in paragraphs(f"{top}/var/lib/apt/extended_states")
            if fields.get("Auto-Installed") == "1"}


def held(packages):
    return {name for name, fields in packages.items() if fields["Status"].startswith("hold ")}


class Plan:
    """What is to be done to this image's packages."""

    def __init__(self):
        self.base, self.old, self.new = installed(BASE), installed(OLD), installed(THIS)
        self.rest = [fields for fields in paragraphs(f"{OLD}/{ADMIN}/status") if fields["Status"].endswith(" config-files")]
        self.again = sorted(self.of_user() | self.upgraded())
        self.add_needed()
        self.removed = sorted(name for name in self.base if name not in self.old and name in self.new)

    def of_user(self):
        return {name for name in self.old if name not in self.new and name not in self.base}

    def upgraded(self):
        """What the user has a newer version of than this image."""
        return {name for name in self.old if name in self.new and
                self.old[name]["Version"] != self.base.get(name, {}).get("Version") and
                is_newer(self.old[name]["Version"], self.new[name]["Version"])}

    def add_needed(self):
        """What this image has no more, but a package of the user's needs."""
        wanted = list(self.again)
        while wanted:
            have = names_of(self.new) | names_of({name: self.old[name] for name in self.again})
            for relation in depends(self.old[wanted.pop()]):
                names = alternatives_of(relation)
                missing = [name for name in names if name in self.old]
                if not have.intersection(names) and missing:
                    self.again.append(missing[0])
                    wanted.append(missing[0])
                    have.add(missing[0])

    def carry_out(self, debs):
        if debs:
            self.install(debs)
        self.remove("--purge", [name for name in self.removed if not self.is_configured(name)])
        self.remove("--remove", [name for name in self.removed if self.is_configured(name)])
        self.mark()

    def install(self, debs):
        """apt sees these packages and what is installed, and no other source: it must not want to download anything."""
        run("mount", "--mkdir", "--bind", f"{DATA}/debs", f"{NEW}/run/debs")
        os.makedirs(f"{NEW}/run/lists/partial")
        options = ("Dpkg::Options::=--force-confold", "Dpkg::Use-Pty=0", "APT::Sandbox::User=root",
                   "Dir::State::lists=/run/lists", "Dir::Etc::sourcelist=/dev/null", "Dir::Etc::sourceparts=/dev/null")
        run("chroot", NEW, "apt-get", "-qy", "--no-install-recommends", "--allow-change-held-packages",
            *(word for option in options for word in ("-o", option)), "install", *(f"/run/debs/{deb}" for deb in debs))

    def is_configured(self, name):
        """The user removed the package, and left its configuration."""
        return any(fields["Package"] == name for fields in self.rest)

    def remove(self, how, names):
        try:
            if names:
                run("chroot", NEW, "dpkg", how, *names)
        except Failure as failure:
            note(f"{' '.join(names)}: here again: {failure}")

    def mark(self):
        """apt's marks, where the user's differ from those of the image that he had."""
        before, after = marked(BASE), marked(OLD)
        present = {name for name in self.old if name in self.new or name in self.again}
        for verb, names in (("auto", after - before), ("manual", before - after), ("hold", held(self.old) - held(self.base))):
            names = sorted(names & present)
            if names:
                run("chroot", NEW, "apt-mark", verb, *names)


def info_stem(fields):
    arch = ":" + fields["Architecture"] if fields.get("Multi-Arch") == "same" else ""
    return f"{OLD}/{ADMIN}/info/{fields['Package']}{arch}"


def diversions():
    """Path to (where it is, whose package it is that has the path itself)."""
    lines = read_lines(f"{OLD}/{ADMIN}/diversions")
    return {lines[i]: (lines[i + 1], lines[i + 2]) for i in range(0, len(lines) - 2, 3)}


def add_bytes(tar, name, data, mode):
    info = tarfile.TarInfo("./" + name)
    info.size, info.mode = len(data), mode
    tar.addfile(info, io.BytesIO(data))


def control_archive(fields):
    """The control member of a package, compressed by gzip."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz", format=tarfile.GNU_FORMAT) as tar:
        text = "".join(f"{name}:{'' if value[:1] == chr(10) else ' '}{value}\n" for name, value in fields.items()
                       if name not in NOT_IN_CONTROL)
        add_bytes(tar, "control", text.encode("utf-8", "surrogateescape"), 0o644)
        for name in CONTROL:
            path = f"{info_stem(fields)}.{name}"
            if os.path.exists(path):
                with open(path, "rb") as file:
                    add_bytes(tar, name, file.read(), stat.S_IMODE(os.stat(path).st_mode))
    return data.getvalue()


def data_archive(fields, path, ids):
    """The files of a package as they are, into the file PATH."""
    def numbers(info):
        info.uname = info.gname = ""
        info.uid, info.gid = ids.user(info.uid), ids.group(info.gid)
        return info

    moved = diversions()
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        for name in read_lines(info_stem(fields) + ".list"):
            where, owner = moved.get(name, (name, fields["Package"]))
            real = OLD + (name if owner == fields["Package"] else where)
            if name != "/." and os.path.lexists(real):
                tar.add(real, "." + name, recursive=False, filter=numbers)


def member(deb, name, size):
    deb.write(f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{size:<10}`\n".encode())


def repack(name, fields, ids):
    """Makes a package (deb(5)) of an installed one; its file's name in DATA/debs."""
    os.makedirs(f"{DATA}/debs", exist_ok=True)
    file = f"{name.replace(':', '_')}.deb"
    data = f"{DATA}/debs/{name}.data"
    data_archive(fields, data, ids)
    control, size = control_archive(fields), os.path.getsize(data)
    with open(f"{DATA}/debs/{file}", "wb") as deb, open(data, "rb") as source:
        deb.write(b"!<arch>\n")
        for part, content in (("debian-binary", b"2.0\n"), ("control.tar.gz", control)):
            member(deb, part, len(content))
            deb.write(content + b"\n" * (len(content) % 2))
        member(deb, "data.tar", size)
        while chunk := source.read(1 << 20):
            deb.write(chunk)
    os.unlink(data)
    say(f"upgrade: packing {name}")
    return file
