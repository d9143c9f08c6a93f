# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Callers in a Linux kernel of 64-bit ARM, for gdb, which has no description of its frames: the kernel keeps a chain
of frame records, (x29 of the caller, return address), and so do its entries from interrupts."""
import struct

import gdb
from gdb.unwinder import Unwinder, register_unwinder

KERNEL = 0xffff << 48
KERNEL_BIT = 1 << 55  # also of an address that is signed
SET_FRAME, SET_FRAME_MASK = 0x910003fd, 0xffc003ff  # mov x29, sp; add x29, sp, #n
RETURNS = (0xd65f03c0, 0xd65f0bff, 0xd50323bf)  # ret, retaa, autiasp
LONGEST = 4096  # bytes of a function that are looked at


class FrameId:
    def __init__(self, sp, pc):
        self.sp = sp
        self.pc = pc


def plain(address):
    """Without the signature of pointer authentication."""
    return address | KERNEL if address & KERNEL_BIT else address


def words(address, count, size):
    memory = bytes(gdb.selected_inferior().read_memory(address, count * size))
    return struct.unpack(f"<{count}{'Q' if size == 8 else 'I'}", memory)


def start_of(pc):
    """Of the function, as its symbol says."""
    symbol = gdb.execute(f"info symbol {pc:#x}", to_string=True).split()
    offset = int(symbol[2]) if len(symbol) > 2 and symbol[1] == "+" and symbol[2].isdigit() else 0
    return pc - offset


def has_frame(pc, start):
    """The function has made its frame record, and has not taken it back."""
    code = words(start, min(pc - start, LONGEST) // 4 + 1, 4)
    return any(word & SET_FRAME_MASK == SET_FRAME for word in code[:-1]) and code[-1] not in RETURNS


class KernelUnwinder(Unwinder):
    def __init__(self):
        super().__init__("phonebooth-kernel")

    def __call__(self, pending):
        pc, sp, frame, link = (pending.read_register(name) for name in ("pc", "sp", "x29", "x30"))
        values = [int(value) & (1 << 64) - 1 for value in (pc, sp, frame, link)]
        if values[0] < KERNEL:
            return None
        try:
            start = start_of(values[0])
            caller = self.caller(start, *values)
        except (gdb.MemoryError, struct.error):
            return None
        info = pending.create_unwind_info(FrameId(gdb.Value(caller["id"]).cast(sp.type),
                                                  gdb.Value(start).cast(pc.type)))
        for name, like in (("pc", pc), ("sp", sp), ("x29", frame), ("x30", link)):
            info.add_saved_register(name, gdb.Value(caller[name]).cast(like.type))
        return info

    @staticmethod
    def caller(start, pc, sp, frame, link):
        """Its registers; pc is 0 behind the last."""
        if not has_frame(pc, start):
            return {"id": sp, "pc": plain(link), "sp": sp, "x29": frame, "x30": link}
        if frame < KERNEL or frame & 7:
            return {"id": sp, "pc": 0, "sp": sp, "x29": 0, "x30": 0}
        outer, back = words(frame, 2, 8)
        return {"id": frame, "pc": plain(back), "sp": frame + 16, "x29": outer, "x30": back}


register_unwinder(None, KernelUnwinder(), replace=True)
