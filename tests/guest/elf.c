/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Started as an ELF file, as QEMU starts one on `virt`: at its own addresses, device tree at the
 * start of RAM. */
#include "lib/platform.h"
#include "lib/tap.h"

#define LINKED    0x40200000ull /* guest.ld */
#define FDT_MAGIC 0xd00dfeedu

extern const uint8_t _start[], bss_start[], bss_end[];

static volatile uint64_t initialised = 0x0123456789abcdef;
static volatile uint64_t zero[512];

int main(uint64_t dtb);

int main(uint64_t dtb)
{
    uint64_t here, bits = 0;

    __asm__("adr %0, _start" : "=r"(here));
    tap_is(here, LINKED, "it runs where it is linked");
    tap_is((uint64_t)_start, LINKED, "absolute addresses are right");
    tap_is(initialised, 0x0123456789abcdef, "data are there");
    for (unsigned i = 0; i < sizeof(zero) / sizeof(*zero); i++) {
        bits |= zero[i];
    }
    tap_is(bits, 0, "what the file does not hold is 0");
    tap_is(__builtin_bswap32(read32(RAM_BASE)), FDT_MAGIC, "a device tree is at the start of RAM");
    tap_ok(__builtin_bswap32(read32(RAM_BASE + 4)) <= LINKED - RAM_BASE,
           "it ends before the program");
    tap_ok(dtb == 0 || dtb == RAM_BASE, "x0 says so, or nothing");
    return 0;
}
