# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""The symbols of the modules that a running Linux kernel has loaded, from its memory alone. Where the members of
struct module are is in the kernel's own description of its types (CONFIG_DEBUG_INFO_BTF, which Debian's kernels
have). The memory is a guest's: what makes no sense is a ValueError."""
import struct

MAGIC = 0xeb9f
BTF_MOST = 64 << 20
MODULES_MOST = 4096
SYMBOLS_MOST = 1 << 18  # of all modules
NAME_MOST = 512
STRUCT = 4
# Bytes that follow a type's 12, by its kind: a fixed number, and a number for each of its members
BEHIND = {1: (4, 0), 3: (12, 0), STRUCT: (0, 12), 5: (0, 12), 6: (0, 8), 13: (0, 8), 14: (4, 0), 15: (0, 12),
          17: (4, 0), 19: (0, 12)}
CODE = 2  # STT_FUNC


def members_of(btf, structs):
    """Of each of these structs: its members' places in bytes, by name."""
    magic, _, _, head, types, types_length, names, names_length = struct.unpack_from("<HBBIIIII", btf)
    if magic != MAGIC or head + max(types + types_length, names + names_length) > len(btf):
        raise ValueError("the description of its types makes no sense")
    place, end = head + types, head + types + types_length
    wanted = {}
    names += head

    def name_at(offset):
        return btf[names + offset:btf.index(b"\0", names + offset, names + offset + NAME_MOST)]

    while place + 12 <= end:
        name, info, _ = struct.unpack_from("<III", btf, place)
        kind, count = info >> 24 & 31, info & 0xffff
        fixed, each = BEHIND.get(kind, (0, 0))
        if kind == STRUCT and count and name_at(name) in structs:
            wanted[name_at(name)] = {
                name_at(member): (offset & 0xffffff if info >> 31 else offset) // 8
                for member, _, offset in struct.iter_unpack("<III", btf[place + 12:place + 12 + 12 * count])}
        place += 12 + fixed + each * count
    return wanted


class Module:
    """One that is loaded; `read(address, length)` is the kernel's memory."""

    def __init__(self, read, layout, address):
        self.read = read
        kallsyms = self.pointer(address + layout[b"module"][b"kallsyms"])
        table = layout[b"mod_kallsyms"]
        self.symtab = self.pointer(kallsyms + table[b"symtab"])
        self.strtab = self.pointer(kallsyms + table[b"strtab"])
        self.count, = struct.unpack("<I", read(kallsyms + table[b"num_symtab"], 4))
        if self.count > SYMBOLS_MOST:
            raise ValueError("a module has too many symbols")

    def pointer(self, address):
        return struct.unpack("<Q", self.read(address, 8))[0]

    def symbols(self):
        """(address, kind, name) of each, as kernel_symbols has it."""
        table = list(struct.iter_unpack("<IBBHQQ", self.read(self.symtab, 24 * self.count)))
        most = max([entry[0] for entry in table], default=0)
        if most > 64 * SYMBOLS_MOST:
            raise ValueError("the names of a module's symbols make no sense")
        names = self.read(self.strtab, most + 1)
        names += self.tail(self.strtab + most + 1)
        for name, info, _, section, address, _ in table:
            text = names[name:names.find(b"\0", name)]
            if section and address and text and not text.startswith(b"$"):
                yield address, b"t" if info & 15 == CODE else b"d", text

    def tail(self, address):
        """What is left of the last name."""
        text = b""
        while b"\0" not in text and len(text) < NAME_MOST:
            text += self.read(address + len(text), 16)
        return text


def read_modules(read, kernel):
    """The symbols of all modules; `kernel`: addresses of the kernel's own, by name."""
    try:
        start, stop, head = kernel[b"__start_BTF"], kernel[b"__stop_BTF"], kernel[b"modules"]
    except KeyError:
        raise ValueError("it does not describe its types (CONFIG_DEBUG_INFO_BTF)") from None
    if not 0 < stop - start < BTF_MOST:
        raise ValueError("the description of its types makes no sense")
    try:
        layout = members_of(read(start, stop - start), {b"module", b"mod_kallsyms"})
        place = layout[b"module"][b"list"]
        entry = struct.unpack("<Q", read(head, 8))[0]
        symbols = []
        for _ in range(MODULES_MOST):
            if entry == head:
                break
            symbols += Module(read, layout, entry - place).symbols()
            if len(symbols) > SYMBOLS_MOST:
                raise ValueError("its modules have too many symbols")
            entry, = struct.unpack("<Q", read(entry, 8))
    except (KeyError, struct.error) as error:
        raise ValueError(f"its modules are not understood: {error}") from None
    return symbols
