/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arm SP805 watchdog, DDI 0270. The CMSDK watchdog of QEMU has the same
 * registers; only the identification at 0xfe0 differs, by which Linux finds
 * its driver.
 */
#include "qemu/osdep.h"
#include "qemu/module.h"
#include "hw/watchdog/cmsdk-apb-watchdog.h"
#include "board_parts.h"

static const uint32_t sp805_id[] = {
    0x00, 0x00, 0x00, 0x00, /* not used by the part */
    0x05, 0x18, 0x14, 0x00, /* DDI 0270, 3.3.10: part 805, designer Arm, revision 1 */
    0x0d, 0xf0, 0x05, 0xb1, /* 3.3.11: PrimeCell */
};

static void sp805_init(Object *obj)
{
    CMSDK_APB_WATCHDOG(obj)->id = sp805_id;
}

static const TypeInfo sp805_info = {
    .name = TYPE_WATCHDOG_SP805,
    .parent = TYPE_CMSDK_APB_WATCHDOG,
    .instance_init = sp805_init,
};

static void sp805_register_types(void)
{
    type_register_static(&sp805_info);
}

type_init(sp805_register_types)
