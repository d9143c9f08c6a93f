# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""An SD host controller and its eMMC, driven from the bus: SD Host Controller 3.00, JESD84."""
import struct

BLOCK_SIZE, BLOCK_COUNT, ARGUMENT, MODE, COMMAND, RESPONSE = 4, 6, 8, 0xc, 0xe, 0x10
HOST_CONTROL, CLOCK, STATUS, STATUS_ENABLE, SIGNAL_ENABLE, ADMA_ADDRESS = 0x28, 0x2c, 0x30, 0x34, 0x38, 0x58
R1, R1B, R2, R3, DATA = 0x1a, 0x1b, 0x09, 0x02, 0x20
READ_MODE = 0x37  # DMA, count blocks, auto CMD12, read, several blocks
TABLE = 0x80000000 + (512 << 20)  # descriptors of host 0


class Emmc:
    """A card of at most 2 GiB: byte addresses."""

    def __init__(self, bus, number=0):
        self.bus = bus
        self.base = 0x12300000 + number * 0x10000
        self.table = TABLE + (number << 20)

    def read(self, register, width="l"):
        return self.bus.read(self.base + register, width)

    def write(self, register, value, width="l"):
        self.bus.write(self.base + register, value, width)

    def command(self, index, argument=0, flags=0):
        self.write(ARGUMENT, argument)
        self.write(COMMAND, index << 8 | flags, "w")
        status = self.read(STATUS)
        self.write(STATUS, status & 0xffff0001)
        assert status & 0xffff0001 == 1, f"CMD{index}: status {status:#x}"
        return self.read(RESPONSE)

    def start(self):
        """From reset to the transfer state, interrupts on."""
        self.write(CLOCK, 5, "w")
        self.write(HOST_CONTROL + 1, 0xf, "b")
        self.write(STATUS_ENABLE, 0xffffffff)
        self.command(0)
        while not self.command(1, 0x40ff8080, R3) >> 31:
            self.bus.step(10**7)
        self.command(2, 0, R2)
        self.command(3, 1 << 16, R1)
        self.command(7, 1 << 16, R1B)
        self.write(STATUS, 0xffffffff)
        self.write(SIGNAL_ENABLE, 2)
        self.write(HOST_CONTROL, 0x10, "b")  # 32-bit ADMA2

    def transfer(self, index, mode, offset, size, memory, piece):
        count = size // piece
        for i in range(count):
            self.bus.put(self.table + 8 * i, struct.pack("<HHI", 0x21 | (2 if i == count - 1 else 0), piece & 0xffff,
                                                    memory + i * piece))
        self.write(ADMA_ADDRESS, self.table)
        self.write(ADMA_ADDRESS + 4, 0)
        self.write(BLOCK_SIZE, 512, "w")
        self.write(BLOCK_COUNT, size // 512, "w")
        self.write(MODE, mode, "w")
        self.command(index, offset, R1 | DATA)

    def begin_read(self, offset, size, memory, piece):
        """@size bytes of the card to @memory, one ADMA2 descriptor per @piece bytes."""
        self.transfer(18, READ_MODE, offset, size, memory, piece)

    def begin_write(self, offset, size, memory, piece):
        self.transfer(25, READ_MODE & ~0x10, offset, size, memory, piece)

    def blocks_left(self):
        return self.read(BLOCK_COUNT, "w")

    def complete(self):
        """Transfer complete, and no error."""
        return self.read(STATUS) & 0xffff8002 == 2
