# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""The accelerometer as the kernel shows it. iio-sensor-proxy has it too, but says only which side is up."""
import glob
import os


def read_number(path):
    with open(path) as file:
        return float(file.read())


class Accelerometer:
    """Has read(): how the phone is pulled, in m/s², right, up and towards who looks at the screen. Gravity
    alone is 0, -9.81, 0 when it is held upright, and 0, 0, -9.81 when it lies on its back."""

    def __init__(self, folder):
        self.axes = [os.path.join(folder, f"in_accel_{axis}_raw") for axis in "xyz"]
        self.scale = read_number(os.path.join(folder, "in_accel_scale"))
        self.last = (0.0, 0.0, 0.0)

    def read(self):
        try:
            self.last = tuple(read_number(axis) * self.scale for axis in self.axes)
        except OSError:
            pass  # the sensor is asleep or busy: as before
        return self.last


def find():
    """None: there is none, or the app may not see it."""
    for path in glob.glob("/sys/bus/iio/devices/*/in_accel_x_raw"):
        try:
            return Accelerometer(os.path.dirname(path))
        except OSError:
            continue
    return None
