/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GNSS receiver: the properties by which the host sets and sees the position. */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "gnss.h"

#define FIX_WORDS   5 /* latitude, longitude, altitude, speed, course */
#define POINT_WORDS 4 /* latitude, longitude, altitude, time */
#define COURSES     36000

static const char *const modes[] = {"off", "fix", "route"};

/* False: not exactly @count whole numbers with spaces between. */
static bool parse_numbers(const char *text, unsigned count, int64_t *number)
{
    g_auto(GStrv) word = g_strsplit(text, " ", count + 1);

    if (g_strv_length(word) != count) {
        return false;
    }
    for (unsigned i = 0; i < count; i++) {
        if (!g_ascii_string_to_signed(word[i], 10, INT64_MIN, INT64_MAX, &number[i], NULL)) {
            return false;
        }
    }
    return true;
}

static void begin(GnssState *s, MotionMode mode, MotionPoint *point, unsigned points)
{
    g_free(s->motion.point);
    s->motion.mode = mode;
    s->motion.point = point;
    s->motion.points = points;
    s->motion.start_ms = gnss_now_ms();
    s->motion.speed_mms = s->motion.course = 0;
}

static MotionPoint point_of(const int64_t *number)
{
    return (MotionPoint){.latitude = number[0], .longitude = number[1], .altitude_cm = number[2]};
}

static bool parse_fix(const char *text, int64_t *number)
{
    return parse_numbers(text, FIX_WORDS, number) &&
           motion_is_place(number[0], number[1], number[2]) && number[3] >= 0 &&
           number[3] <= MOTION_SPEED_MAX && number[4] >= 0 && number[4] < COURSES;
}

static void set_position(Object *obj, const char *text, Error **errp)
{
    GnssState *s = GNSS(obj);
    int64_t number[FIX_WORDS];
    MotionPoint *point;

    if (!parse_fix(text, number)) {
        error_setg(errp, "position: give latitude, longitude, altitude, speed and course");
        return;
    }
    point = g_new(MotionPoint, 1);
    *point = point_of(number);
    begin(s, MOTION_FIX, point, 1);
    s->motion.speed_mms = number[3];
    s->motion.course = number[4];
}

/* Where it is, whether the receiver knows it or not. */
static char *get_position(Object *obj, Error **errp)
{
    struct nmea_fix fix = {0};

    motion_at(&GNSS(obj)->motion, gnss_now_ms(), &fix);
    return g_strdup_printf("%d %d %d %u %u", fix.latitude, fix.longitude, fix.altitude_cm,
                           fix.speed_mms, fix.course);
}

/* NULL: a point that cannot be. */
static MotionPoint *parse_route(const char *text, unsigned *points)
{
    g_auto(GStrv) word = g_strsplit(text, ";", MOTION_POINTS + 1);
    g_autofree MotionPoint *point = NULL;
    int64_t number[POINT_WORDS];

    *points = g_strv_length(word);
    point = g_new(MotionPoint, *points + 1);
    for (unsigned i = 0; i < *points; i++) {
        if (!parse_numbers(word[i], POINT_WORDS, number) ||
            !motion_is_place(number[0], number[1], number[2])) {
            return NULL;
        }
        point[i] = point_of(number);
        point[i].at_ms = number[3];
    }
    return motion_is_route(point, *points) ? g_steal_pointer(&point) : NULL;
}

static void set_route(Object *obj, const char *text, Error **errp)
{
    unsigned points;
    MotionPoint *point = parse_route(text, &points);

    if (!point) {
        error_setg(errp, "route: give 1 to %d points: latitude, longitude, altitude, time",
                   MOTION_POINTS);
        return;
    }
    begin(GNSS(obj), MOTION_ROUTE, point, points);
}

static void set_mode(Object *obj, const char *text, Error **errp)
{
    if (strcmp(text, modes[MOTION_OFF]) != 0) {
        error_setg(errp, "mode: only off can be set; set position or route");
        return;
    }
    begin(GNSS(obj), MOTION_OFF, NULL, 0);
}

static char *get_mode(Object *obj, Error **errp)
{
    return g_strdup(modes[GNSS(obj)->motion.mode]);
}

/* ---- Numbers ------------------------------------------------------------------------------- */

static int64_t length(const GnssState *s)
{
    return motion_length_ms(&s->motion);
}

static int64_t played(const GnssState *s)
{
    const int64_t ms = gnss_now_ms() - s->motion.start_ms;

    return MIN(ms, length(s));
}

static int64_t satellites(const GnssState *s)
{
    return s->satellites;
}

static int64_t ttff(const GnssState *s)
{
    return s->ttff_s;
}

static int64_t powered(const GnssState *s)
{
    return s->powered;
}

static int64_t has_fix(const GnssState *s)
{
    struct nmea_fix fix;

    gnss_fix(s, &fix);
    return fix.valid;
}

static const struct number {
    const char *name;
    int64_t (*get)(const GnssState *s);
    size_t field; /* of GnssState, 32 bits; 0: it cannot be set */
    int64_t least, most;
    const char *description;
} numbers[] = {
    {"satellites", satellites, offsetof(GnssState, satellites), 4, NMEA_SATELLITES, "in view"},
    {"ttff", ttff, offsetof(GnssState, ttff_s), 0, GNSS_TTFF_MAX, "s from power to the first fix"},
    {"powered", powered, 0, 0, 0, "1: somebody has turned it on"},
    {"has-fix", has_fix, 0, 0, 0, "1: it knows where it is"},
    {"length", length, 0, 0, 0, "of the route, ms"},
    {"played", played, 0, 0, 0, "of the route, ms"},
};

static void get_number(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    const struct number *number = opaque;
    int64_t value = number->get(GNSS(obj));

    visit_type_int(v, name, &value, errp);
}

static void set_number(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    const struct number *number = opaque;
    int64_t value;

    if (!visit_type_int(v, name, &value, errp)) {
        return;
    }
    if (value < number->least || value > number->most) {
        error_setg(errp, "%s: %" PRId64 " to %" PRId64, name, number->least, number->most);
        return;
    }
    *(uint32_t *)((char *)GNSS(obj) + number->field) = value;
}

void gnss_add_properties(ObjectClass *oc)
{
    object_class_property_add_str(oc, "mode", get_mode, set_mode);
    object_class_property_add_str(oc, "position", get_position, set_position);
    object_class_property_add_str(oc, "route", NULL, set_route);
    for (int i = 0; i < ARRAY_SIZE(numbers); i++) {
        object_class_property_add(oc, numbers[i].name, "int", get_number,
                                  numbers[i].field ? set_number : NULL, NULL, (void *)&numbers[i]);
        object_class_property_set_description(oc, numbers[i].name, numbers[i].description);
    }
}
