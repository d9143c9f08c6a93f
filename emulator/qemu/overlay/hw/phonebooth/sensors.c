/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports of the sensors. HID Usage Tables 1.5, chapter 30; HID 1.11, chapter 6.2.2. */
#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "sensors.h"

#define FEATURE_BYTES    8 /* without the number: reporting, power, interval, sensitivity */
#define DEFAULT_INTERVAL 50

/* Choices count from 1, as HID 1.11, 6.2.2.5, recommends and Linux takes for granted. */
#define READY         2 /* sensor state */
#define DATA_UPDATED  4 /* sensor event, */
#define POLL_RESPONSE 5
#define NO_EVENTS     1 /* reporting state; all, or those beyond a threshold: */
#define ALL_EVENTS    2
#define SOME_EVENTS   3
#define FULL_POWER    2 /* power state D0 */
#define POWER_OFF     6 /* D4 */

/* Exponents: 0xd thousandths, 0xf tenths. */
const SensorKind sensor_kinds[SENSORS] = {
    {"accelerometer",
     "mg",
     0x73,
     0x452,
     {0x453, 0x454, 0x455},
     3,
     2,
     0xd,
     -32767,
     32767,
     {0, -1000, 0}},
    {"gyroscope", "0.1 deg/s", 0x76, 0x456, {0x457, 0x458, 0x459}, 3, 2, 0xf, -32767, 32767, {0}},
    {"magnetometer",
     "0.1 mG",
     0x83,
     0x484,
     {0x485, 0x486, 0x487},
     3,
     2,
     0xf,
     -32767,
     32767,
     {0, 2000, -4400}},
    {"light", "lx", 0x41, 0x4d1, {0x4d1}, 1, 4, 0, 0, 200000, {300}},
    {"proximity", "0 to 255", 0x11, 0x4b1, {0x4b1}, 1, 2, 0, 0, 255, {0}},
};

const VMStateDescription vmstate_sensor = {
    .name = "phonebooth-sensor",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields =
        (const VMStateField[]){
            VMSTATE_INT32_ARRAY(value, Sensor, SENSOR_FIELDS),
            VMSTATE_UINT8(reporting, Sensor),
            VMSTATE_UINT8(power, Sensor),
            VMSTATE_UINT32(interval, Sensor),
            VMSTATE_UINT16(sensitivity, Sensor),
            VMSTATE_BOOL(waiting, Sensor),
            VMSTATE_END_OF_LIST(),
        },
};

/* ---- Report descriptor --------------------------------------------------------------------- */

/* Short items, HID 1.11, 6.2.2.2: tag and type, without the size */
enum {
    INPUT = 0x80,
    COLLECTION = 0xa0,
    FEATURE = 0xb0,
    END_COLLECTION = 0xc0,
    USAGE_PAGE = 0x04,
    LOGICAL_MIN = 0x14,
    LOGICAL_MAX = 0x24,
    UNIT_EXPONENT = 0x54,
    REPORT_SIZE = 0x74,
    REPORT_ID = 0x84,
    REPORT_COUNT = 0x94,
    USAGE = 0x08,
};

enum { PHYSICAL, APPLICATION, LOGICAL };
enum { ARRAY = 0, VARIABLE = 2 };

#define SENSOR_PAGE        0x20
#define USAGE_COLLECTION   0x01
#define USAGE_REPORTING    0x316
#define USAGE_POWER        0x319
#define USAGE_INTERVAL     0x30e
#define USAGE_STATE        0x201
#define USAGE_EVENT        0x202
#define FIRST_REPORTING    0x840 /* no events, all, by threshold, and the same with waking */
#define FIRST_POWER        0x850 /* undefined, D0 to D4 */
#define FIRST_STATE        0x800
#define FIRST_EVENT        0x810
#define CHOICES            6
#define CHANGE_SENSITIVITY 0x1000 /* modifier of a usage */

/* An item with as many bytes as @value needs, signed; @bytes at least. */
static void item(GByteArray *to, uint8_t tag, int32_t value, unsigned bytes)
{
    const bool four = bytes > 2 || value < INT16_MIN || value > INT16_MAX;
    const bool two = bytes > 1 || value < INT8_MIN || value > INT8_MAX;
    const uint8_t data[] = {tag | (four  ? 3
                                   : two ? 2
                                         : 1),
                            value, value >> 8, value >> 16, value >> 24};

    g_byte_array_append(to, data, 1 + (four ? 4 : two ? 2 : 1));
}

static void end_collection(GByteArray *to)
{
    const uint8_t end = END_COLLECTION;

    g_byte_array_append(to, &end, 1);
}

/* A byte that is one of CHOICES, whose usages begin with @first. */
static void choice(GByteArray *to, uint16_t usage, uint16_t first, uint8_t direction)
{
    item(to, USAGE, usage, 2);
    item(to, LOGICAL_MIN, 1, 1);
    item(to, LOGICAL_MAX, CHOICES, 1);
    item(to, REPORT_SIZE, 8, 1);
    item(to, REPORT_COUNT, 1, 1);
    item(to, COLLECTION, LOGICAL, 1);
    for (unsigned i = 0; i < CHOICES; i++) {
        item(to, USAGE, first + i, 2);
    }
    item(to, direction, ARRAY, 1);
    end_collection(to);
}

static void number(GByteArray *to, uint16_t usage, unsigned bytes, int32_t least, int32_t most,
                   uint8_t exponent, uint8_t direction)
{
    item(to, USAGE, usage, 2);
    item(to, LOGICAL_MIN, least, 1);
    item(to, LOGICAL_MAX, most, 1);
    item(to, REPORT_SIZE, 8 * bytes, 1);
    item(to, REPORT_COUNT, 1, 1);
    item(to, UNIT_EXPONENT, exponent, 1);
    item(to, direction, VARIABLE, 1);
}

static void describe(GByteArray *to, unsigned n)
{
    const SensorKind *kind = &sensor_kinds[n];

    item(to, REPORT_ID, n + 1, 1);
    item(to, USAGE, kind->usage, 1);
    item(to, COLLECTION, PHYSICAL, 1);
    choice(to, USAGE_REPORTING, FIRST_REPORTING, FEATURE);
    choice(to, USAGE_POWER, FIRST_POWER, FEATURE);
    number(to, USAGE_INTERVAL, 4, 0, INT32_MAX, 0, FEATURE);
    number(to, CHANGE_SENSITIVITY | kind->quantity, 2, 0, INT16_MAX, kind->exponent, FEATURE);
    choice(to, USAGE_STATE, FIRST_STATE, INPUT);
    choice(to, USAGE_EVENT, FIRST_EVENT, INPUT);
    for (unsigned i = 0; i < kind->fields; i++) {
        number(to, kind->field[i], kind->bytes, kind->least, kind->most, kind->exponent, INPUT);
    }
    end_collection(to);
}

unsigned sensors_describe(uint8_t *to)
{
    g_autoptr(GByteArray) all = g_byte_array_new();

    item(all, USAGE_PAGE, SENSOR_PAGE, 1);
    item(all, USAGE, USAGE_COLLECTION, 1);
    item(all, COLLECTION, APPLICATION, 1);
    for (unsigned n = 0; n < SENSORS; n++) {
        describe(all, n);
    }
    end_collection(all);
    g_assert(all->len <= SENSOR_DESCRIPTORS);
    memcpy(to, all->data, all->len);
    return all->len;
}

/* ---- Reports ------------------------------------------------------------------------------- */

void sensor_reset(Sensor *s)
{
    s->reporting = NO_EVENTS;
    s->power = POWER_OFF;
    s->interval = DEFAULT_INTERVAL;
    s->sensitivity = 0;
    s->waiting = false;
}

bool sensor_is_on(const Sensor *s)
{
    return (s->reporting == ALL_EVENTS || s->reporting == SOME_EVENTS) && s->power == FULL_POWER;
}

unsigned sensor_input(const Sensor *s, unsigned n, bool polled, uint8_t *to)
{
    const SensorKind *kind = &sensor_kinds[n];
    unsigned at = 3;

    to[0] = n + 1;
    to[1] = READY;
    to[2] = polled ? POLL_RESPONSE : DATA_UPDATED;
    for (unsigned i = 0; i < kind->fields; i++, at += kind->bytes) {
        if (kind->bytes == 4) {
            stl_le_p(to + at, s->value[i]);
        } else {
            stw_le_p(to + at, s->value[i]);
        }
    }
    return at;
}

unsigned sensor_feature(const Sensor *s, unsigned n, uint8_t *to)
{
    to[0] = n + 1;
    to[1] = s->reporting;
    to[2] = s->power;
    stl_le_p(to + 3, s->interval);
    stw_le_p(to + 7, s->sensitivity);
    return 1 + FEATURE_BYTES;
}

void sensor_set_feature(Sensor *s, const uint8_t *from, unsigned size)
{
    if (size < FEATURE_BYTES) {
        return;
    }
    s->reporting = from[0];
    s->power = from[1];
    s->interval = ldl_le_p(from + 2);
    s->sensitivity = lduw_le_p(from + 6);
}
