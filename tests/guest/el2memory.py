# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""EL2's memory as the emulated machine has it, read from outside: what no guest may ever change.

A snapshot is a digest per part: the image's code and constants, which must also be those of the file; the table and
what lies behind it, stage-2 tables and EL2's own; EL2's translation tables in its image; and of its variables those
that stay as they are after the start: who is pinned where, which interrupts are linked.
"""
import hashlib
import json
import os
import re
import socket
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CROSS = os.environ.get("CROSS", "aarch64-linux-gnu-")
TABLE, TABLE_SIZE = 0x40300000, 0xbf000  # without the page for what is not there
# Members that do not change, by array; an array's length
MEMBERS = {"vcpus": ("vcpu", 16, ("pcpu", "index", "vm", "next", "vgic.gic", "vgic.index")),
           "vms": ("vm", 8, ("cfg", "vgic.cpus", "vgic.cpu", "vgic.pintid")),
           "pcpu_area": ("pcpu", 4, ("first", "id"))}


def qmp(folder, *requests):
    """The answers of QEMU's monitor."""
    with socket.socket(socket.AF_UNIX) as monitor:
        monitor.connect(folder + "/qmp")
        stream = monitor.makefile("rw")
        stream.readline()
        answers = []
        for request in ({"execute": "qmp_capabilities"}, *requests):
            stream.write(json.dumps(request) + "\n")
            stream.flush()
            answer = json.loads(stream.readline())
            while "return" not in answer and "error" not in answer:
                answer = json.loads(stream.readline())
            answers.append(answer.get("return"))
        return answers[1:]


def read(folder, address, size):
    """Physical memory. The CPUs stand still meanwhile if the caller has stopped them."""
    path = folder + "/memory"
    qmp(folder, {"execute": "pmemsave", "arguments": {"val": address, "size": size, "filename": path}})
    with open(path, "rb") as file:
        return file.read()


def layout():
    """(array, offset, size) of each member of MEMBERS, as the compiler lays them out."""
    lines = ["#include \"vm/vm.h\""]
    for array, (struct, _, members) in MEMBERS.items():
        stride = "PCPU_SIZE" if struct == "pcpu" else "sizeof(struct %s)" % struct
        lines.append("const unsigned stride_%s = %s;" % (array, stride))
        lines += ["const unsigned offset_%s_%d = __builtin_offsetof(struct %s, %s), size_%s_%d = "
                  "sizeof(((struct %s *)0)->%s);" % (array, n, struct, name, array, n, struct, name)
                  for n, name in enumerate(members)]
    top = os.path.join(HERE, "../..")
    text = subprocess.run([CROSS + "gcc", "-S", "-O1", "-w", "-x", "c", "-ffreestanding", "-I" + top,
                           "-I" + top + "/hypervisor/include", "-I" + top + "/hypervisor/core", "-o", "-", "-"], input="\n".join(lines) + "\n",
                          check=True, stdout=subprocess.PIPE, text=True).stdout
    value = {name: int(number or 0) for name, number in re.findall(r"^(\w+):\n\s+\.(?:word|zero|space)\s+(\d+)", text, re.M)}
    for name in re.findall(r"^(offset_\w+):\n\s+\.(?:zero|space)", text, re.M):
        value[name] = 0
    return {array: (value["stride_" + array],
                    [(value["offset_%s_%d" % (array, n)], value["size_%s_%d" % (array, n)])
                     for n in range(len(members))]) for array, (_, _, members) in MEMBERS.items()}


def symbols(elf):
    text = subprocess.run([CROSS + "nm", elf], check=True, stdout=subprocess.PIPE, text=True).stdout
    return {name: int(address, 16) for address, name in re.findall(r"^([0-9a-f]+) \w (\w+)", text, re.M)}


def variables(folder, symbol):
    """The members of MEMBERS, one after another."""
    out = b""
    for array, (stride, members) in layout().items():
        length = MEMBERS[array][1]
        data = read(folder, symbol[array], stride * length)
        out += b"".join(data[i * stride + offset:i * stride + offset + size]
                        for i in range(length) for offset, size in members)
    return out


def snapshot(folder, elf):
    """{part: SHA-256}; the CPUs are stopped for it. Ends the program if the image is not the file's."""
    symbol = symbols(elf)
    start, end = 0x40200000, symbol["__rodata_end"]
    qmp(folder, {"execute": "stop"})
    image = read(folder, start, end - start)
    parts = {"code and constants": image, "table and translation tables": read(folder, TABLE, TABLE_SIZE),
             "variables that stay": variables(folder, symbol)}
    qmp(folder, {"execute": "cont"})
    raw = folder + "/image"
    subprocess.run([CROSS + "objcopy", "-O", "binary", "-R", ".bss", elf, raw], check=True)
    with open(raw, "rb") as file:
        if not image.startswith(file.read()):
            sys.exit("EL2's code or constants are not those of its file")
    return {name: hashlib.sha256(data).hexdigest()[:16] for name, data in parts.items()}
