/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object.h"
#include "machine/gnss.h"

#include <math.h>

/* The board's units: docs/board/gnss.md */
#define ANGLE       1e7
#define ALTITUDE    100.0
#define SPEED       1000.0
#define COURSE      100.0
#define FULL_CIRCLE 36000
#define MS          1000.0

static const char *const modes[] = {"off", "fix", "route"};

static Object *receiver(void)
{
    return object_resolve_path("/machine/gnss", NULL);
}

static void set_number(Object *gnss, const char *name, int64_t value)
{
    if (value != GNSS_KEEP) {
        object_property_set_int(gnss, name, value, &error_abort);
    }
}

static void set_place(Object *gnss, const struct gnss_place *place)
{
    g_autofree char *text = g_strdup_printf(
        "%lld %lld %lld %lld %lld", llround(place->latitude * ANGLE),
        llround(place->longitude * ANGLE), llround(place->altitude * ALTITUDE),
        llround(place->speed * SPEED), llround(place->course * COURSE) % FULL_CIRCLE);

    object_property_set_str(gnss, "position", text, &error_abort);
}

bool gnss_set(const struct gnss_change *change)
{
    Object *gnss = receiver();

    if (!gnss) {
        return false;
    }
    set_number(gnss, "satellites", change->satellites);
    set_number(gnss, "ttff", change->ttff_s);
    switch (change->mode) {
    case GNSS_OFF:
        object_property_set_str(gnss, "mode", modes[GNSS_OFF], &error_abort);
        break;
    case GNSS_FIX:
        set_place(gnss, &change->place);
        break;
    case GNSS_ROUTE:
        object_property_set_str(gnss, "route", change->route, &error_abort);
        break;
    }
    return true;
}

static int64_t get(Object *gnss, const char *name)
{
    return object_property_get_int(gnss, name, &error_abort);
}

static void get_place(Object *gnss, struct gnss_place *place)
{
    g_autofree char *text = object_property_get_str(gnss, "position", &error_abort);
    g_auto(GStrv) word = g_strsplit(text, " ", -1);

    g_assert(g_strv_length(word) == 5);
    place->latitude = g_ascii_strtod(word[0], NULL) / ANGLE;
    place->longitude = g_ascii_strtod(word[1], NULL) / ANGLE;
    place->altitude = g_ascii_strtod(word[2], NULL) / ALTITUDE;
    place->speed = g_ascii_strtod(word[3], NULL) / SPEED;
    place->course = g_ascii_strtod(word[4], NULL) / COURSE;
}

bool gnss_read(struct gnss_state *state)
{
    Object *gnss = receiver();
    g_autofree char *mode = gnss ? object_property_get_str(gnss, "mode", &error_abort) : NULL;

    if (!gnss) {
        return false;
    }
    *state = (struct gnss_state){
        .satellites = get(gnss, "satellites"),
        .ttff_s = get(gnss, "ttff"),
        .powered = get(gnss, "powered"),
        .has_fix = get(gnss, "has-fix"),
        .length_s = (double)get(gnss, "length") / MS,
        .played_s = (double)get(gnss, "played") / MS,
    };
    while (strcmp(modes[state->mode], mode) != 0) {
        state->mode++;
    }
    get_place(gnss, &state->place);
    return true;
}
