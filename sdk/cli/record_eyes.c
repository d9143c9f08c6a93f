/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "record_eyes.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/link.h"
#include "../see/ocr.h"
#include "cli.h"
#include "print.h"
#include "say.h"

#define SETTLED_S   0.4 /* nothing has changed for so long */
#define FOR_EVER_S  86400.0
#define KEPT        4  /* pictures */
#define NEAR        14 /* pixels beside a text that still mean it */
#define LETTERS     4  /* of a text that is sure to be one */
#define LETTERS_MAX 40

struct picture {
    double time;
    GBytes *png;
};

struct eyes {
    booth_link *link;
    struct picture kept[KEPT]; /* the newest first */
    gboolean told;             /* that text cannot be read */
};

static double now(void)
{
    return (double)g_get_monotonic_time() / G_USEC_PER_SEC;
}

static void wait_for_change(struct eyes *eyes, double seconds);

static void on_picture(gpointer data, JsonObject *reply, const GError *error);

static void take_picture(struct eyes *eyes)
{
    g_autoptr(JsonObject) request = cli_request("shot");

    booth_link_call(eyes->link, request, on_picture, eyes);
}

static void on_picture(gpointer data, JsonObject *reply, const GError *error G_GNUC_UNUSED)
{
    struct eyes *eyes = data;
    gsize length;

    if (reply) {
        guchar *png = g_base64_decode(print_text_of(reply, "png", ""), &length);
        g_clear_pointer(&eyes->kept[KEPT - 1].png, g_bytes_unref);
        memmove(&eyes->kept[1], &eyes->kept[0], (KEPT - 1) * sizeof(eyes->kept[0]));
        eyes->kept[0] = (struct picture){now(), g_bytes_new_take(png, length)};
    }
    wait_for_change(eyes, FOR_EVER_S);
}

/* A change begins to settle; a time without one has settled. */
static void on_change(gpointer data, JsonObject *reply, const GError *error)
{
    struct eyes *eyes = data;

    if (reply == NULL && g_error_matches(error, BOOTH_ERROR, BOOTH_ERROR_TIMEOUT)) {
        take_picture(eyes);
    } else if (reply) {
        wait_for_change(eyes, SETTLED_S);
    }
}

static void wait_for_change(struct eyes *eyes, double seconds)
{
    g_autoptr(JsonObject) request = cli_request("until-change");

    json_object_set_double_member(request, "timeout", seconds);
    booth_link_call(eyes->link, request, on_change, eyes);
}

struct eyes *eyes_new(const char *path, GError **error)
{
    struct eyes *eyes = g_new0(struct eyes, 1);
    const struct booth_link_events events = {0};

    eyes->link = booth_link_new(path, &events, error);
    if (eyes->link == NULL) {
        g_free(eyes);
        return NULL;
    }
    take_picture(eyes);
    return eyes;
}

void eyes_free(struct eyes *eyes)
{
    booth_link_free(eyes->link);
    for (guint i = 0; i < KEPT; i++) {
        g_clear_pointer(&eyes->kept[i].png, g_bytes_unref);
    }
    g_free(eyes);
}

static GPtrArray *read_before(struct eyes *eyes, double time)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *lines = NULL;
    gsize size;

    for (guint i = 0; i < KEPT && eyes->kept[i].png; i++) {
        if (eyes->kept[i].time <= time) {
            const void *png = g_bytes_get_data(eyes->kept[i].png, &size);
            lines = ocr_read(png, size, &error);
            break;
        }
    }
    if (error && !eyes->told) {
        eyes->told = TRUE;
        say("%s; going on with places and pauses", error->message);
    }
    return lines;
}

/* Words that are read alike the next time, and there once. */
static gboolean is_sure(const GPtrArray *lines, const struct seen *line)
{
    guint letters = 0, times = 0;
    struct seen place;

    for (const char *at = line->text; *at; at = g_utf8_next_char(at)) {
        letters += g_unichar_isalpha(g_utf8_get_char(at)) != 0;
    }
    for (guint i = 0; i < lines->len; i++) {
        times += text_find(lines->pdata[i], line->text, &place);
    }
    return times == 1 && letters >= LETTERS && letters * 4 >= strlen(line->text) * 3 &&
           letters <= LETTERS_MAX;
}

static gboolean is_at(const struct seen *line, int x, int y)
{
    return x >= line->x - NEAR && x < line->x + line->width + NEAR && y >= line->y - NEAR &&
           y < line->y + line->height + NEAR;
}

static int distance(const struct seen *line, int x, int y)
{
    return abs(line->x + line->width / 2 - x) + abs(line->y + line->height / 2 - y);
}

void eyes_look(struct eyes *eyes, double time, int x, int y, char **text, char **landmark)
{
    g_autoptr(GPtrArray) lines = read_before(eyes, time);
    const struct seen *nearest = NULL;

    for (guint i = 0; lines && i < lines->len; i++) {
        const struct seen *line = lines->pdata[i];
        if (!is_sure(lines, line)) {
            continue;
        }
        if (is_at(line, x, y)) {
            *text = g_strdup(line->text);
        } else if (!nearest || distance(line, x, y) < distance(nearest, x, y)) {
            nearest = line;
        }
    }
    *landmark = nearest ? g_strdup(nearest->text) : NULL;
}
