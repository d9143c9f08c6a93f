/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * libFuzzer target: the input is a hostile guest's script. One device is brought up as a driver
 * would do it; then each operation writes registers or the first bytes of guest memory, where the
 * rings are, notifies, or lets the platform act.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "virtio_fake.h"

#define QUEUE_SIZE 8u
#define RAM        0x10000u
#define PIXELS     0x10000u

/* What is left of the script; past its end all is 0. */
static const uint8_t *script;
static size_t left;

static uint32_t take(unsigned bytes)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < bytes && left; i++, left--) {
        value |= (uint32_t)*script++ << 8 * i;
    }
    return value;
}

static void write_memory(void)
{
    uint32_t at = take(2) & 0x3fff, len = take(1);
    uint8_t *to = fake.ram + at;

    len = len < left ? len : (uint32_t)left;
    memcpy(to, script, len);
    script += len;
    left -= len;
}

static void platform_acts(void)
{
    static const uint8_t frame[1514];
    static int32_t mix[256 * SOUND_CHANNELS];

    switch (take(1) % 7) {
    case 0:
        fake_disk_step();
        break;
    case 1:
        fake_timers();
        gpu_frame(&fake_devices.gpu);
        break;
    case 2:
        net_receive(&fake_devices.net, frame, take(1) * 6, true);
        break;
    case 3:
        touch_contact(&fake_devices.touch, take(1), take(1) % 3, take(2), take(2));
        touch_sync(&fake_devices.touch);
        break;
    case 4:
        fake_key((uint16_t)take(1), take(1) % 3);
        break;
    case 5:
        console_input(&fake_devices.console, take(1) % CONSOLE_PORTS, frame, take(1));
        break;
    case 6:
        sound_mix(&fake_devices.sound, mix, take(1), 256);
        sound_capture(&fake_devices.sound, (const int16_t *)(const void *)frame, take(1));
        sound_plug(&fake_devices.sound, take(1) & 1);
        break;
    }
}

static void operate(unsigned slot)
{
    uint32_t offset;

    switch (take(1) % 8) {
    case 0:
        offset = take(2) % PB_VIO_STRIDE;
        virtio_bus_write(&fake.bus, slot, offset, 1u << take(1) % 4, take(4));
        break;
    case 1:
        platform_acts();
        break;
    case 2:
    case 3:
        virtio_bus_notify(&fake.bus, slot, 0xff);
        break;
    default:
        write_memory();
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fake_queue queue;
    unsigned slot;

    script = data;
    left = size;
    fake_start_small(RAM, PIXELS);
    slot = take(1) % SLOT_COUNT;
    fake_negotiate(slot, FAKE_VERSION1 | FAKE_INDIRECT | FAKE_EVENT | 0xffffff);
    for (unsigned i = 0; i < CONSOLE_QUEUES; i++) { /* no device has more */
        fake_write(slot, 0x30, i);
        if (fake_read(slot, 0x34)) {
            fake_queue_start(&queue, slot, i, QUEUE_SIZE);
        }
    }
    fake_driver_ok(slot);
    while (left) {
        operate(slot);
    }
    fake_end();
    return 0;
}
