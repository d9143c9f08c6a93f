# SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
"""The symbols of a running Linux kernel, from its memory alone: no program of the guest has a part in it, so that a
kernel that boots, hangs or has crashed has names as well. They are in the tables of kernel/kallsyms.c, whose layout
is that of Linux 5.10 or newer for 64-bit ARM; nothing says where they are, but they are found by their content.
machine.gdb makes a symbol file of them. The memory is a guest's: what makes no sense is a ValueError."""
import struct

MAGIC = b"ARMd"  # at byte 56 of the kernel's image, Documentation/arch/arm64/booting.rst
LARGEST = 256 << 20
CHUNK = 1 << 20
MOST = 1 << 20  # symbols
DIGITS = b"".join(bytes([digit, 0]) for digit in b"0123456789")  # tokens 0x30 to 0x39: each digit is in some name
TOKENS = 256
GROUP = 256  # symbols from a marker to the next
TRIES = 100  # a guest may make its memory look like tables everywhere


class Image:
    """The kernel's memory from its first byte on; `read(offset, length)` is what is there."""

    def __init__(self, read):
        head = read(0, 64)
        self.size, = struct.unpack_from("<Q", head, 16)
        if head[56:60] != MAGIC or not CHUNK < self.size <= LARGEST:
            raise ValueError("that is no Linux kernel of 64-bit ARM")
        self.read = read
        self.chunks = {}

    def length(self, number):
        return max(0, min(CHUNK, self.size - number * CHUNK))

    def chunk(self, number):
        """What cannot be read, such as code that was for the start only, is zero."""
        if number not in self.chunks:
            try:
                self.chunks[number] = self.read(number * CHUNK, self.length(number))
            except ValueError:
                self.chunks[number] = bytes(self.length(number))
        return self.chunks[number]

    def at(self, offset, length):
        if offset < 0 or offset + length > self.size:
            raise ValueError("its tables of symbols are cut")
        pieces = []
        while length > 0:
            place = offset % CHUNK
            pieces.append(self.chunk(offset // CHUNK)[place:place + length])
            offset += len(pieces[-1])
            length -= len(pieces[-1])
        return b"".join(pieces)


def tokens_at(image, digits):
    """Place of the tokens, the tokens, and where their index ends: if the digits there are among them."""
    before = image.at(max(0, digits - TOKENS * 64), min(digits, TOKENS * 64))
    start = len(before)
    for _ in range(0x30):
        start = before.rfind(b"\0", 0, start - 1) + 1
        if start <= 0:
            return None
    start += digits - len(before)
    table = image.at(start, min(TOKENS * 66, image.size - start))
    tokens = table.split(b"\0")[:TOKENS]
    places, place = [], 0
    for token in tokens:
        places.append(place)
        place += len(token) + 1
    if len(tokens) < TOKENS or place > 0xffff:
        return None
    index = struct.pack(f"<{TOKENS}H", *places)
    found = table.find(index, place, place + len(index) + 8)
    return (start, tokens, start + found + len(index)) if found >= 0 else None


def find_tokens(image):
    """They are among the constants, which follow the code."""
    last = (image.size + CHUNK - 1) // CHUNK
    likely = last * 3 // 8
    tries = 0
    for number in (*range(likely, last), *range(likely - 1, -1, -1)):
        window = image.at(number * CHUNK, image.length(number) + image.length(number + 1))
        place = window.find(DIGITS)
        while place >= 0 and tries < TRIES:
            found = tokens_at(image, number * CHUNK + place)
            if found:
                return found
            place = window.find(DIGITS, place + 1)
            tries += 1
    raise ValueError("it has no table of symbols (CONFIG_KALLSYMS)")


def find_markers(image, end):
    """Where the table of markers begins, and the markers: they fall from its end to zero."""
    if image.at(end - 4, 4) == b"\0\0\0\0":
        end -= 4  # padding
    markers = [struct.unpack("<I", image.at(end - 4, 4))[0]]
    while markers[-1] != 0:
        end -= 4
        markers.append(struct.unpack("<I", image.at(end - 4, 4))[0])
        if markers[-1] >= markers[-2] or len(markers) > MOST // GROUP:
            raise ValueError("its markers of symbols make no sense")
    return end - 4, markers[::-1]


def next_name(names, place):
    """Where the tokens of the name begin, and how many there are."""
    length = names[place]
    if length < 0x80:
        return place + 1, length
    return place + 2, (length & 0x7f) | names[place + 1] << 7


def split_names(names, count, markers):
    """The tokens of each name; None: that is not where the names begin, or how many there are."""
    all_names, place = [], 0
    try:
        for number in range(count):
            if number % GROUP == 0 and markers[number // GROUP] != place:
                return None
            begin, length = next_name(names, place)
            place = begin + length
            all_names.append(names[begin:place])
    except IndexError:
        return None
    return all_names if len(names) - 8 < place <= len(names) else None


def find_names(image, markers_at, markers):
    """Where their number is, and the tokens of each: behind the number, and aligned to 8 bytes."""
    start = (markers_at - markers[-1]) & ~7
    tries = 0
    for place in range(start, start - GROUP * 600, -8):
        count, zero = struct.unpack("<II", image.at(place - 8, 8))
        if zero == 0 and (count + GROUP - 1) // GROUP == len(markers) and tries < TRIES:
            tries += 1
            names = split_names(image.at(place, markers_at - place), count, markers)
            if names:
                return place - 8, names
    raise ValueError("the names of its symbols are not found")


def offsets_at(image, place, count):
    try:
        offsets = struct.unpack(f"<{count}I", image.at(place, 4 * count))
    except ValueError:
        return None
    return offsets if all(a <= b for a, b in zip(offsets, offsets[1:])) and offsets[-1] > 0 else None


def find_addresses(image, numbers_at, tokens_end, count):
    """Since Linux 6.4 the addresses are behind the tokens, and before that they were in front of the number."""
    place = (tokens_end + 7) & ~7
    length = (4 * count + 7) & ~7
    for offsets_place, base_place in ((place, place + length), (numbers_at - 8 - length, numbers_at - 8)):
        offsets = offsets_at(image, offsets_place, count)
        if offsets:
            base, = struct.unpack("<Q", image.at(base_place, 8))
            return [base + offset for offset in offsets]
    raise ValueError("the addresses of its symbols are not found")


def read_symbols(read):
    """A list of (address, kind, name) of the kernel whose memory `read(offset, length)` gives, by address; kind is
    nm's letter, name and kind are bytes."""
    image = Image(read)
    tokens_place, tokens, tokens_end = find_tokens(image)
    markers_at, markers = find_markers(image, tokens_place)
    numbers_at, names = find_names(image, markers_at, markers)
    addresses = find_addresses(image, numbers_at, tokens_end, len(names))
    symbols = []
    for address, name in zip(addresses, names):
        text = b"".join([tokens[token] for token in name])
        symbols.append((address, text[:1], text[1:]))
    return symbols


# ---- An ELF file of them ----

TEXT, DATA, SYMBOLS, NAMES, SECTION_NAMES = range(1, 6)
SECTION_TEXT = b"\0.text\0.data\0.symtab\0.strtab\0.shstrtab\0"
FUNCTION, OBJECT = 0x12, 0x11  # global


def symbol_table(symbols):
    """Contents of .symtab and .strtab: a symbol reaches to the next of another address."""
    strings, table, place = [b"\0"], [bytes(24)], 1
    size, behind = 4, None
    for address, kind, name in reversed(symbols):
        if behind is not None and address != behind:
            size = min(behind - address, 1 << 20)
        behind = address
        is_code = kind in b"TtWw"
        table.append(struct.pack("<IBBHQQ", place, FUNCTION if is_code else OBJECT, 0, TEXT if is_code else DATA,
                                 address, size))
        strings.append(name + b"\0")
        place += len(name) + 1
    return b"".join(table), b"".join(strings)


def section(name, kind, flags, address, place, size, link=0, info=0, entry=0):
    return struct.pack("<IIQQQQIIQQ", name, kind, flags, address, place, size, link, info, 8, entry)


def span(symbols, codes):
    """First address and length of what is code, or is not."""
    addresses = [address for address, kind, _ in symbols if (kind in b"TtWw") == codes] or [0]
    return addresses[0], addresses[-1] + 4 - addresses[0]


def elf_of(symbols):
    """An ELF file for 64-bit ARM that has these symbols and nothing else."""
    table, strings = symbol_table(symbols)
    table_at = 64
    strings_at = table_at + len(table)
    names_at = strings_at + len(strings)
    sections_at = (names_at + len(SECTION_TEXT) + 7) & ~7
    (text, text_size), (data, data_size) = span(symbols, True), span(symbols, False)
    head = b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 2, 183, 1, 0, 0, sections_at, 0, 64, 0, 0, 64, 6,
                                                    SECTION_NAMES)
    sections = bytes(64) + b"".join((
        section(1, 8, 6, text, table_at, text_size),
        section(7, 8, 3, data, table_at, data_size),
        section(13, 2, 0, 0, table_at, len(table), link=NAMES, info=1, entry=24),
        section(21, 3, 0, 0, strings_at, len(strings)),
        section(29, 3, 0, 0, names_at, len(SECTION_TEXT))))
    body = head + table + strings + SECTION_TEXT
    return body + bytes(sections_at - len(body)) + sections
