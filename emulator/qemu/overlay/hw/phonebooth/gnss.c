/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GNSS receiver that writes NMEA 0183 once a second. Data sheet: docs/board/gnss.md. Linux:
 * gnss-mtk, or any program on the UART. Without power it is silent and costs nothing.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/cutils.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "hw/irq.h"
#include "migration/vmstate.h"
#include "system/rtc.h"
#include "system/system.h"
#include "gnss.h"

#define SECOND_MS          1000
#define DEFAULT_SATELLITES 9
#define DEFAULT_TTFF_S     1 /* a hot start */

/* ---- The line ------------------------------------------------------------------------------ */

#define TYPE_GNSS_LINE "chardev-phonebooth-gnss"
OBJECT_DECLARE_SIMPLE_TYPE(GnssLine, GNSS_LINE)

struct GnssLine {
    Chardev parent_obj;

    GnssState *receiver;
};

/* As much as the UART takes. */
static void push(GnssState *s)
{
    while (s->out_at < s->out_len) {
        const int room = qemu_chr_be_can_write(s->line);
        const int len = MIN(room, (int)(s->out_len - s->out_at));

        if (len <= 0) {
            break;
        }
        qemu_chr_be_write(s->line, s->out + s->out_at, len);
        s->out_at += len;
    }
}

static void line_accept_input(Chardev *line)
{
    push(GNSS_LINE(line)->receiver);
}

/* It takes no commands. */
static int line_write(Chardev *line, const uint8_t *data, int len)
{
    return len;
}

static void line_class_init(ObjectClass *oc, void *data)
{
    ChardevClass *cc = CHARDEV_CLASS(oc);

    cc->internal = true;
    cc->chr_write = line_write;
    cc->chr_accept_input = line_accept_input;
}

/* ---- The receiver -------------------------------------------------------------------------- */

int64_t gnss_now_ms(void)
{
    return qemu_clock_get_ms(QEMU_CLOCK_VIRTUAL);
}

void gnss_fix(const GnssState *s, struct nmea_fix *fix)
{
    const int64_t now = gnss_now_ms();

    *fix = (struct nmea_fix){0};
    motion_at(&s->motion, now, fix);
    fix->satellites = fix->valid ? s->satellites : 0;
    fix->valid = fix->valid && s->powered && now - s->powered_ms >= s->ttff_s * SECOND_MS;
}

static int64_t utc_ms(const GnssState *s)
{
    return qemu_clock_get_ms(rtc_clock) + s->utc_ms;
}

/* Once a second. Who does not read in time misses a second as a whole. */
static void tick(void *opaque)
{
    GnssState *s = opaque;
    struct nmea_fix fix;

    timer_mod(s->tick, gnss_now_ms() + SECOND_MS);
    if (s->out_at < s->out_len) {
        return;
    }
    gnss_fix(s, &fix);
    s->out_at = 0;
    s->out_len = nmea_burst((char *)s->out, &fix, utc_ms(s));
    push(s);
}

static void set_power(void *opaque, int n, int level)
{
    GnssState *s = opaque;

    if (s->powered == !!level) {
        return;
    }
    s->powered = level;
    s->powered_ms = gnss_now_ms();
    s->out_at = s->out_len = 0;
    if (level) {
        timer_mod(s->tick, s->powered_ms + SECOND_MS);
    } else {
        timer_del(s->tick);
    }
}

Chardev *gnss_line(DeviceState *receiver)
{
    return GNSS(receiver)->line;
}

/* ---- The device ---------------------------------------------------------------------------- */

static const VMStateDescription point_vmstate = {
    .name = "phonebooth-gnss-point",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields =
        (const VMStateField[]){
            VMSTATE_INT32(latitude, MotionPoint),
            VMSTATE_INT32(longitude, MotionPoint),
            VMSTATE_INT32(altitude_cm, MotionPoint),
            VMSTATE_INT64(at_ms, MotionPoint),
            VMSTATE_END_OF_LIST(),
        },
};

static int gnss_pre_load(void *opaque)
{
    GnssState *s = opaque;

    g_clear_pointer(&s->motion.point, g_free);
    s->motion.points = 0;
    return 0;
}

static int gnss_post_load(void *opaque, int version_id)
{
    const GnssState *s = opaque;
    const Motion *m = &s->motion;

    if (m->mode != MOTION_OFF && !motion_is_route(m->point, m->points)) {
        return -EINVAL;
    }
    return s->out_at <= s->out_len && s->out_len <= sizeof(s->out) ? 0 : -EINVAL;
}

static const VMStateDescription gnss_vmstate = {
    .name = TYPE_GNSS,
    .version_id = 1,
    .minimum_version_id = 1,
    .pre_load = gnss_pre_load,
    .post_load = gnss_post_load,
    .fields =
        (const VMStateField[]){
            VMSTATE_INT32(motion.mode, GnssState),
            VMSTATE_INT64(motion.start_ms, GnssState),
            VMSTATE_INT32(motion.points, GnssState),
            VMSTATE_STRUCT_VARRAY_ALLOC(motion.point, GnssState, motion.points, 1, point_vmstate,
                                        MotionPoint),
            VMSTATE_UINT32(motion.speed_mms, GnssState),
            VMSTATE_UINT32(motion.course, GnssState),
            VMSTATE_UINT32(satellites, GnssState),
            VMSTATE_UINT32(ttff_s, GnssState),
            VMSTATE_BOOL(powered, GnssState),
            VMSTATE_INT64(powered_ms, GnssState),
            VMSTATE_UINT8_ARRAY(out, GnssState, NMEA_BURST),
            VMSTATE_UINT32(out_at, GnssState),
            VMSTATE_UINT32(out_len, GnssState),
            VMSTATE_TIMER_PTR(tick, GnssState),
            VMSTATE_END_OF_LIST(),
        },
};

static void gnss_init(Object *obj)
{
    GnssState *s = GNSS(obj);
    struct tm date;

    s->satellites = DEFAULT_SATELLITES;
    s->ttff_s = DEFAULT_TTFF_S;
    s->tick = timer_new_ms(QEMU_CLOCK_VIRTUAL, tick, s);
    qemu_get_timedate(&date, 0);
    s->utc_ms = (int64_t)mktimegm(&date) * SECOND_MS -
                QEMU_ALIGN_DOWN(qemu_clock_get_ms(rtc_clock), SECOND_MS);
    qdev_init_gpio_in_named(DEVICE(obj), set_power, "power", 1);
}

static void gnss_realize(DeviceState *dev, Error **errp)
{
    GnssState *s = GNSS(dev);

    s->line = qemu_chardev_new("gnss", TYPE_GNSS_LINE, NULL, NULL, errp);
    if (s->line) {
        GNSS_LINE(s->line)->receiver = s;
    }
}

static void gnss_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);

    dc->desc = "GNSS receiver, NMEA 0183";
    dc->vmsd = &gnss_vmstate;
    dc->realize = gnss_realize;
    gnss_add_properties(oc);
    set_bit(DEVICE_CATEGORY_MISC, dc->categories);
}

static const TypeInfo gnss_types[] = {
    {
        .name = TYPE_GNSS,
        .parent = TYPE_DEVICE,
        .instance_size = sizeof(GnssState),
        .instance_init = gnss_init,
        .class_init = gnss_class_init,
    },
    {
        .name = TYPE_GNSS_LINE,
        .parent = TYPE_CHARDEV,
        .instance_size = sizeof(GnssLine),
        .class_init = line_class_init,
    },
};

DEFINE_TYPES(gnss_types)
