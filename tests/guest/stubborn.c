/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A persona that nothing reaches: it drives its keyboard, so that it can be asked to shut down,
 * says
 * "# deaf" and spins with all interrupts masked for ever. See tests/system/ending.
 */
#include "lib/platform.h"
#include "lib/tap.h"

#define KEYBOARD (VIO_BASE + 5 * 0x200) /* docs/design/contracts.md, section 4 */

/* virtio 1.2, 4.2.2 and 2.1 */
#define FEATURES     (KEYBOARD + 0x020)
#define FEATURES_SEL (KEYBOARD + 0x024)
#define STATUS       (KEYBOARD + 0x070)
#define ACKNOWLEDGED 0x03u /* ACKNOWLEDGE, DRIVER */
#define FEATURES_OK  0x0bu
#define DRIVER_OK    0x0fu
#define VERSION_1    1u /* bit 32 */

int main(uint64_t dtb);

/* No queue: what is typed waits in the device. */
static void drive_keyboard(void)
{
    write32(STATUS, 0);
    write32(STATUS, ACKNOWLEDGED);
    write32(FEATURES_SEL, 1);
    write32(FEATURES, VERSION_1);
    write32(STATUS, FEATURES_OK);
    write32(STATUS, DRIVER_OK);
}

int main(uint64_t dtb)
{
    (void)dtb;
    drive_keyboard();
    tap_note("deaf", read32(STATUS));
    __asm__ volatile("msr daifset, #15\n1: b 1b");
    return 0;
}
