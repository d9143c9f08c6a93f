# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""Board "one" without a processor: the test itself reads and writes the bus, sees the interrupt
lines and moves the clock (QEMU's qtest protocol)."""
import os

from board import Board, Failure, Lines

VSYNC_NS = 16666667
I2C0, TOUCH = 0x12130000, 0x38
UART_GNSS, GPIO, GPIO1 = 0x12080000, 0x12110000, 0x12150000
I2C1, GAUGE, SENSOR_HUB, BACKLIGHT = 0x12140000, 0x0b, 0x40, 0x2c
TOUCH_SPI, ALERT_SPI, SENSORS_SPI, DISPLAY_SPI, SDHCI_SPI = 13, 14, 15, 16, 20
# i.MX21 I2C: registers, bits of I2CR, and RXAK of I2SR
I2CR, I2SR, I2DR = 8, 12, 16
NACK = 1
IEN, MSTA, MTX, TXAK, RSTA = 0x80, 0x20, 0x10, 0x08, 0x04


class Bus(Board):
    """All addresses and values are numbers; register accesses are 32 bits wide unless said otherwise."""

    def __init__(self, *args, **kwargs):
        self.lines = {}
        self.i2c, self.device = I2C0, TOUCH  # whom the i2c functions talk to
        super().__init__("-qtest", "unix:qtest,server=on,wait=off", "-qtest-log", "none", *args, accel="qtest", **kwargs)
        self.qtest = Lines(os.path.join(self.dir, "qtest"))
        self.ask(f"irq_intercept_in {self.find('arm-gicv3')}")

    def find(self, kind):
        """The QOM path of the only part of type @kind."""
        for entry in self.command("qom-list", path="/machine/unattached"):
            if entry["type"] == f"child<{kind}>":
                return f"/machine/unattached/{entry['name']}"
        raise Failure(f"the board has no {kind}")

    def ask(self, line):
        """One qtest command: the words after OK. Interrupt edges that come with it go to self.lines."""
        self.qtest.send(line.encode() + b"\n")
        while True:
            words = self.qtest.until(rb"\n", 20)[0].decode().split()
            if words[0] == "IRQ":
                self.lines.setdefault(int(words[2]), []).append(1 if words[1] == "raise" else 0)
            elif words[0] == "OK":
                return words[1:]
            else:
                raise Failure(f"qtest {line}: {' '.join(words)}")

    def read(self, address, width="l"):
        return int(self.ask(f"read{width} {address:#x}")[0], 0)

    def write(self, address, value, width="l"):
        self.ask(f"write{width} {address:#x} {value:#x}")

    def get(self, address, size):
        return bytes.fromhex(self.ask(f"read {address:#x} {size:#x}")[0][2:])

    def put(self, address, data):
        self.ask(f"write {address:#x} {len(data):#x} 0x{data.hex()}")

    def step(self, ns):
        """Lets @ns pass, and what is due happen."""
        return int(self.ask(f"clock_step {ns}")[0])

    def line(self, spi):
        """The level of an interrupt line."""
        return self.lines.get(spi, [0])[-1]

    def edges(self, spi):
        """Rising edges since the last call."""
        count = self.lines.get(spi, []).count(1)
        self.lines[spi] = [self.line(spi)] if self.line(spi) == 0 else []
        return count

    def i2c_start(self, address, receive):
        control = self.read(self.i2c + I2CR, "w")
        if control & MSTA:
            self.write(self.i2c + I2CR, IEN | MSTA | MTX | RSTA, "w")
        else:
            self.write(self.i2c + I2CR, IEN, "w")
            self.write(self.i2c + I2CR, IEN | MSTA | MTX, "w")
        self.write(self.i2c + I2DR, address << 1 | receive, "w")

    def i2c_stop(self):
        self.write(self.i2c + I2CR, IEN, "w")

    def i2c_write(self, *data, stop=True):
        self.i2c_start(self.device, 0)
        for byte in data:
            self.write(self.i2c + I2DR, byte, "w")
        if stop:
            self.i2c_stop()

    def i2c_receive(self, size):
        """The first @size bytes of a read that goes on."""
        self.i2c_start(self.device, 1)
        self.write(self.i2c + I2CR, IEN | MSTA, "w")
        self.read(self.i2c + I2DR, "w")
        return [self.read(self.i2c + I2DR, "w") for _ in range(size)]

    def i2c_read(self, register, size, stop=False):
        """Registers of the device; @stop: between writing their number and reading."""
        self.i2c_write(register, stop=stop)
        data = self.i2c_receive(size - 1)
        self.i2c_stop()
        return data + [self.read(self.i2c + I2DR, "w")]
