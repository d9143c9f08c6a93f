#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""WAV files of 48 kHz, 16 bits, stereo, as lists of frames (left, right), and what is to be heard in them.

    wav.py FILE HZ...       prints: frames N hz F level A..., of what is louder than a tenth of the loudest; levels are
                            amplitudes at each HZ
    wav.py --mix FILE HZ... the same of the half second in which all HZ together are loudest
    wav.py --sine FILE HZ AMPLITUDE SECONDS"""
import math
import struct
import sys
import wave

RATE = 48000


def read(path):
    """A file named .raw is frames and nothing else."""
    if path.endswith(".raw"):
        with open(path, "rb") as file:
            data = file.read()
        samples = struct.unpack(f"<{len(data) // 4 * 2}h", data[:len(data) // 4 * 4])
        return list(zip(samples[0::2], samples[1::2]))
    with wave.open(path, "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, RATE), path
        data = file.readframes(file.getnframes())
    samples = struct.unpack(f"<{len(data) // 2}h", data)
    return list(zip(samples[0::2], samples[1::2]))


def write(path, frames):
    with wave.open(path, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<hh", *frame) for frame in frames))


def sine(hertz, amplitude, seconds):
    values = (round(amplitude * math.sin(2 * math.pi * hertz * i / RATE)) for i in range(int(seconds * RATE)))
    return [(value, value) for value in values]


def loud(frames):
    """The left samples, without the silence at both ends."""
    left = [frame[0] for frame in frames]
    least = max(map(abs, left), default=0) / 10
    heard = [i for i, value in enumerate(left) if abs(value) > least]
    return left[heard[0]:heard[-1] + 1] if heard else []


def frequency(samples):
    """Counted from zero crossings."""
    crossings = sum(1 for before, after in zip(samples, samples[1:]) if before < 0 <= after)
    return crossings * RATE / len(samples) if samples else 0


def near(samples, hertz):
    """The amplitude at one frequency (Goertzel)."""
    step = 2 * math.cos(2 * math.pi * hertz / RATE)
    before = last = 0.0
    for value in samples:
        before, last = last, value + step * last - before
    return 2 * math.sqrt(max(0, last * last + before * before - step * last * before)) / len(samples) if samples else 0


def mix(samples, all_hertz):
    """The half second in which the product of the amplitudes is greatest."""
    def product(at):
        return math.prod(near(samples[at:at + RATE // 2], hertz) for hertz in all_hertz)

    best = max(range(0, max(1, len(samples) - RATE // 2), RATE // 4), key=product)
    return samples[best:best + RATE // 2]


def main():
    if sys.argv[1] == "--sine":
        write(sys.argv[2], sine(*map(float, sys.argv[3:6])))
        return
    mixed = sys.argv[1] == "--mix"
    path, *hertz = sys.argv[1 + mixed:]
    samples = loud(read(path))
    if mixed:
        samples = mix(samples, list(map(float, hertz)))
    levels = " ".join(f"{near(samples, float(one)):.0f}" for one in hertz)
    print(f"frames {len(samples)} hz {frequency(samples):.1f} level {levels}")


if __name__ == "__main__":
    main()
