# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# For `booth debug --vm` and `--el2`: gdb sees the CPUs of the whole machine, at any exception level. The commands
# `vm` and `el2` choose whose they are to be, and wait until a CPU is there; `vbreak` breaks there only.
python
import os
import sys

import gdb

# What is debugged, as a condition on a CPU: EL2, or the VM of some number.
where = "1"


def value(expression):
    return int(gdb.parse_and_eval(expression)) & 0xffffffffffffffff


def register(*names):
    """The first of these that there is: QEMU's versions call some of them differently."""
    for name in names:
        found = gdb.parse_and_eval("$" + name)
        if found.type.code != gdb.TYPE_CODE_VOID:
            return int(found) & 0xffffffffffffffff
    raise gdb.error("QEMU does not say " + names[0])


def is_at(condition):
    return bool(gdb.parse_and_eval(condition))


def choose(condition):
    """True: a CPU that is where the condition says is gdb's thread now."""
    for thread in gdb.selected_inferior().threads():
        thread.switch()
        if is_at(condition):
            return True
    return False


def come(address, condition):
    """Goes on until a CPU that is there fulfils the condition; it is gdb's thread then."""
    stop = gdb.Breakpoint(f"*{address:#x}", internal=True)
    stop.silent = True
    stop.condition = condition
    try:
        gdb.execute("continue", to_string=True)
    finally:
        stop.delete()
    if not is_at(condition):
        raise gdb.error("interrupted")


def interrupts():
    """Where EL2 takes interrupts: what gdb has symbols of is EL2 still."""
    return value("(unsigned long)&guest_irq")


class Vm(gdb.Command):
    """vm NUMBER: what is debugged is that VM's kernel."""

    def __init__(self):
        super().__init__("vm", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        global where
        mine = f"((unsigned long)$VTTBR_EL2 >> 48) == {int(argument)}"
        where = f"{mine} && ($cpsr & 0x1c) == 4"
        try:
            if not choose(where):
                self.wait(mine)
        except gdb.error as error:
            print(f"no CPU of that VM is stopped: {error}")
            return
        self.name_functions()
        import kernel_frames  # noqa: F401: from now on gdb goes by frame records
        gdb.invalidate_cached_frames()

    @staticmethod
    def wait(mine):
        """An interrupt takes the VM's kernel to EL2, and EL2 goes back to where it was."""
        come(interrupts(), f"{mine} && ($SPSR_EL2 & 0x10 || ($SPSR_EL2 & 0xc) == 4)")
        if register("SPSR_EL2") & 0x10:
            raise gdb.error("it is a 32-bit guest, and only 64-bit ones can be debugged")
        come(register("ELR_EL2"), where)

    @staticmethod
    def name_functions():
        try:
            names = symbol_file()
        except (ValueError, gdb.error) as error:
            print(f"gdb goes without names of the kernel's functions: {error}")
            names = ""
        gdb.execute(f"symbol-file {names}", to_string=True)


def read(address, length):
    try:
        return bytes(gdb.selected_inferior().read_memory(address, length))
    except gdb.MemoryError:
        raise ValueError("its memory cannot be read") from None


def kernel_start():
    """Where the kernel that the CPU executes begins."""
    import kernel_symbols
    vectors = register("VBAR_EL1", "VBAR")
    step = 64 << 10  # what it is aligned to
    for start in range(vectors // step * step, vectors - kernel_symbols.LARGEST, -step):
        if read(start, 64)[56:60] == kernel_symbols.MAGIC:
            return start
    raise ValueError("no Linux kernel is in front of the CPU's vectors")


def all_symbols():
    import kernel_modules
    import kernel_symbols
    start = kernel_start()
    symbols = kernel_symbols.read_symbols(lambda offset, length: read(start + offset, length))
    try:
        symbols += kernel_modules.read_modules(read, {name: address for address, _, name in symbols})
    except ValueError as error:
        print(f"modules go without names: {error}")
    return sorted(symbols)


def symbol_file():
    """Makes it, in the folder that booth has made for this."""
    import kernel_symbols
    path = os.path.join(os.environ["BOOTH_DEBUG"], "kernel")
    with open(path, "wb") as file:
        file.write(kernel_symbols.elf_of(all_symbols()))
    return path


class El2(gdb.Command):
    """el2: what is debugged is the hypervisor."""

    def __init__(self):
        super().__init__("el2", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        global where
        where = "($cpsr & 0x1c) == 8"
        try:
            if not choose(where):
                come(interrupts(), where)
        except gdb.error as error:
            print(f"no CPU is stopped in the hypervisor: {error}")


class Vbreak(gdb.Command):
    """vbreak LOCATION: a breakpoint in what is debugged, not at that address elsewhere."""

    def __init__(self):
        super().__init__("vbreak", gdb.COMMAND_BREAKPOINTS, gdb.COMPLETE_LOCATION)

    def invoke(self, argument, from_tty):
        gdb.Breakpoint(argument).condition = where


sys.path.insert(0, os.environ["BOOTH_SHARE"])
sys.dont_write_bytecode = True
Vm()
El2()
Vbreak()
end
