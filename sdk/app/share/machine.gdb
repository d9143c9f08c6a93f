# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
#
# For `booth debug --vm` and `--el2`: gdb sees the CPUs of the whole machine, at any exception level. The commands
# `vm` and `el2` choose whose they are to be, and wait until a CPU is there; `vbreak` breaks there only.
python
import gdb


def register(name):
    return int(gdb.parse_and_eval("$" + name))


def level():
    return register("cpsr") >> 2 & 3


class Where:
    """What is debugged: EL2, or the VM of that number."""
    condition = "1"

    @staticmethod
    def is_here():
        return bool(gdb.parse_and_eval(Where.condition))


def come(address):
    """Goes on until a CPU is where it shall be; the first to come is the thread."""
    for thread in gdb.selected_inferior().threads():
        thread.switch()
        if Where.is_here():
            return
    stop = gdb.Breakpoint(address, internal=True)
    stop.silent = True
    stop.condition = Where.condition
    gdb.execute("continue", to_string=True)
    stop.delete()


class Vm(gdb.Command):
    """vm NUMBER: what is debugged is that VM's kernel."""

    def __init__(self):
        super().__init__("vm", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        Where.condition = f"((unsigned long)$VTTBR_EL2 >> 48) == {int(argument)} && ($cpsr >> 2 & 3) == 1"
        try:
            come("schedule")
        except gdb.error as error:
            print(f"no CPU of that VM is stopped: {error}")


class El2(gdb.Command):
    """el2: what is debugged is the hypervisor."""

    def __init__(self):
        super().__init__("el2", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        Where.condition = "($cpsr >> 2 & 3) == 2"
        try:
            come("guest_irq")
        except gdb.error as error:
            print(f"no CPU is stopped in the hypervisor: {error}")


class Vbreak(gdb.Command):
    """vbreak LOCATION: a breakpoint in what is debugged, not at that address elsewhere."""

    def __init__(self):
        super().__init__("vbreak", gdb.COMMAND_BREAKPOINTS, gdb.COMPLETE_LOCATION)

    def invoke(self, argument, from_tty):
        gdb.Breakpoint(argument).condition = Where.condition


Vm()
El2()
Vbreak()
end
