/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GPX 1.1 (topografix.com/GPX/1/1) and KML 2.2 (OGC 12-007), of each what says where and when. */
#include "phone/track.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define TEXT_MAX     (8u << 20) /* bytes of the text of an element */
#define ALTITUDE_MAX 100000.0

enum element { OTHER, POINT, ELEVATION, TIME, COORDINATES, WHEN, COORD };

/* What is understood, by the name without its prefix. */
static const struct {
    const char *name, *parent; /* NULL: any */
    enum element element;
} elements[] = {
    {"trkpt", NULL, POINT},
    {"rtept", NULL, POINT},
    {"ele", "trkpt", ELEVATION},
    {"ele", "rtept", ELEVATION},
    {"time", "trkpt", TIME},
    {"time", "rtept", TIME},
    {"coordinates", "LineString", COORDINATES},
    {"when", "Track", WHEN},
    {"coord", "Track", COORD},
};

struct parser {
    GArray *points;
    GArray *whens; /* int64_t: times of a Track, in the order of its points */
    guint coords;  /* points of the Track so far */
    enum element element;
    GString *text; /* of that element */
};

static const char *plain(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon ? colon + 1 : name;
}

static enum element find(GMarkupParseContext *context)
{
    const GSList *open = g_markup_parse_context_get_element_stack(context);
    const char *name = plain(open->data);
    const char *parent = open->next ? plain(open->next->data) : "";

    for (gsize i = 0; i < G_N_ELEMENTS(elements); i++) {
        if (strcmp(elements[i].name, name) == 0 &&
            (!elements[i].parent || strcmp(elements[i].parent, parent) == 0)) {
            return elements[i].element;
        }
    }
    return OTHER;
}

static bool fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
static bool fail(GError **error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_clear_error(error);
    if (error) {
        *error = g_error_new_valist(G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, format, args);
    }
    va_end(args);
    return false;
}

/* A number and nothing else but white space. */
static bool number(const char *text, double *value)
{
    char *end;

    *value = text ? g_ascii_strtod(text, &end) : NAN;
    if (!text || end == text || !isfinite(*value)) {
        return false;
    }
    return end[strspn(end, " \t\r\n")] == '\0';
}

static bool add(struct parser *parser, double latitude, double longitude, double altitude,
                GError **error)
{
    const struct track_point point = {latitude, longitude, altitude, 0, false};
    const guint n = parser->points->len + 1;

    if (n > TRACK_POINTS) {
        return fail(error, "more than %d points; make the way shorter or simpler", TRACK_POINTS);
    }
    if (!(fabs(latitude) <= 90) || !(fabs(longitude) <= 180)) {
        return fail(error, "point %u: latitude must be -90 to 90, longitude -180 to 180", n);
    }
    if (!(fabs(altitude) <= ALTITUDE_MAX)) {
        return fail(error, "point %u: altitude must be -%.0f to %.0f m", n, ALTITUDE_MAX,
                    ALTITUDE_MAX);
    }
    g_array_append_val(parser->points, point);
    return true;
}

static void add_gpx(struct parser *parser, const char **names, const char **values, GError **error)
{
    double latitude = NAN, longitude = NAN;

    for (; *names; names++, values++) {
        if (strcmp(*names, "lat") == 0) {
            number(*values, &latitude);
        } else if (strcmp(*names, "lon") == 0) {
            number(*values, &longitude);
        }
    }
    add(parser, latitude, longitude, 0, error);
}

/* Longitude, latitude and perhaps altitude, as KML has them. */
static void add_kml(struct parser *parser, const char *text, const char *separators, GError **error)
{
    g_auto(GStrv) word = g_strsplit_set(text, separators, 4);
    const guint words = g_strv_length(word);
    double value[3] = {NAN, NAN, 0};

    for (guint i = 0; i < words && i < 3; i++) {
        if (!number(word[i], &value[i])) {
            fail(error, "'%.40s' are no coordinates", text);
            return;
        }
    }
    add(parser, value[1], value[0], value[2], error);
}

static void add_line(struct parser *parser, const char *text, GError **error)
{
    g_auto(GStrv) tuple = g_strsplit_set(text, " \t\r\n", -1);

    for (char **at = tuple; *at && !*error; at++) {
        if (**at) {
            add_kml(parser, *at, ",", error);
        }
    }
}

static bool read_time(const char *text, int64_t *ms, GError **error)
{
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, utc);

    if (!time) {
        return fail(error, "'%.40s' is no time", text);
    }
    *ms = g_date_time_to_unix(time) * 1000 + g_date_time_get_microsecond(time) / 1000;
    return true;
}

static void set_time(struct parser *parser, guint point, int64_t ms)
{
    struct track_point *at = &g_array_index(parser->points, struct track_point, point);

    at->time_ms = ms;
    at->timed = true;
}

/* A Track's n-th time is that of its n-th point. */
static void end_track(struct parser *parser)
{
    for (guint i = 0; i < parser->coords && i < parser->whens->len; i++) {
        set_time(parser, parser->points->len - parser->coords + i,
                 g_array_index(parser->whens, int64_t, i));
    }
    g_array_set_size(parser->whens, 0);
    parser->coords = 0;
}

/* The element's text is complete. */
static void take_text(struct parser *parser, enum element element, GError **error)
{
    const guint last = parser->points->len - 1;
    const char *text = g_strstrip(parser->text->str);
    double altitude;
    int64_t ms;

    switch (element) {
    case ELEVATION:
        if (number(text, &altitude) && fabs(altitude) <= ALTITUDE_MAX) {
            g_array_index(parser->points, struct track_point, last).altitude = altitude;
        }
        break;
    case TIME:
        if (read_time(text, &ms, error)) {
            set_time(parser, last, ms);
        }
        break;
    case WHEN:
        if (parser->whens->len < TRACK_POINTS && read_time(text, &ms, error)) {
            g_array_append_val(parser->whens, ms);
        }
        break;
    case COORD:
        add_kml(parser, text, " ", error);
        parser->coords++;
        break;
    case COORDINATES:
        add_line(parser, text, error);
        break;
    default:
        break;
    }
}

static void start_element(GMarkupParseContext *context, const char *name G_GNUC_UNUSED,
                          const char **names, const char **values, gpointer data, GError **error)
{
    struct parser *parser = data;

    parser->element = find(context);
    g_string_truncate(parser->text, 0);
    if (parser->element == POINT) {
        add_gpx(parser, names, values, error);
    }
}

static void end_element(GMarkupParseContext *context, const char *name, gpointer data,
                        GError **error)
{
    struct parser *parser = data;
    const enum element element = find(context);

    if (element == parser->element) {
        take_text(parser, element, error);
    }
    if (!*error && strcmp(plain(name), "Track") == 0) {
        end_track(parser);
    }
    parser->element = OTHER;
}

static void text(GMarkupParseContext *context G_GNUC_UNUSED, const char *part, gsize length,
                 gpointer data, GError **error G_GNUC_UNUSED)
{
    struct parser *parser = data;

    if (parser->element != OTHER && parser->text->len + length <= TEXT_MAX) {
        g_string_append_len(parser->text, part, (gssize)length);
    }
}

/* It may quote the file. */
static void make_one_line(GError *error)
{
    for (char *at = error->message; *at; at++) {
        *at = g_ascii_iscntrl(*at) ? ' ' : *at;
    }
}

GArray *track_parse(const char *file, gsize length, GError **error)
{
    static const GMarkupParser functions = {start_element, end_element, text, NULL, NULL};
    g_autoptr(GError) wrong = NULL;
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(struct track_point));
    g_autoptr(GArray) whens = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GString) content = g_string_new(NULL);
    struct parser parser = {.points = points, .whens = whens, .text = content};
    g_autoptr(GMarkupParseContext) context =
        g_markup_parse_context_new(&functions, 0, &parser, NULL);

    if (!g_markup_parse_context_parse(context, file, (gssize)length, &wrong) ||
        !g_markup_parse_context_end_parse(context, &wrong)) {
        make_one_line(wrong);
        g_propagate_error(error, g_steal_pointer(&wrong));
        return NULL;
    }
    if (!points->len) {
        fail(error, "no track, route or line in it; it must be GPX or KML");
        return NULL;
    }
    return g_steal_pointer(&points);
}
