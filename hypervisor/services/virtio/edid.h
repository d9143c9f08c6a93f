/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* EDID 1.4 base block (VESA E-EDID, release A revision 2) for a panel with one fixed mode. */
#ifndef VIRTIO_EDID_H
#define VIRTIO_EDID_H

#include <stdint.h>

#define EDID_BYTES 128u

struct edid_mode {
    uint32_t width, height; /* pixels, up to 4095 */
    uint32_t refresh_hz;
    uint32_t width_mm, height_mm; /* up to 4095 */
    const char *name;             /* up to 13 characters */
};

void edid_make(const struct edid_mode *mode, uint8_t edid[EDID_BYTES]);

#endif
