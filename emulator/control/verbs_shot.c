/* SPDX-License-Identifier: GPL-2.0-or-later */
/* shot: a picture of the screen, of the whole handset, or of one persona. */
#include <gio/gio.h>
#include <string.h>

#include "control/session.h"
#include "control/target.h"
#include "control/verbs.h"
#include "frontends/skin.h"
#include "frontends/skin_shot.h"
#include "machine/call.h"
#include "machine/memory.h"
#include "machine/scanout.h"
#include "machine/trace_hash.h"

#define SERVICE_S 10
#define SIDE_MAX  4096

/* A persona's picture in the machine's memory. */
struct source {
    uint64_t address;
    int width, height, stride; /* pixels, pixels, bytes */
    int bytes;                 /* of a pixel: 2: RGB565, 4: XRGB8888 */
};

/* A picture on its way: brought up to date or read, encoded by a worker, then answered. */
struct shot {
    struct request *request;
    char *file;   /* NULL: into the reply */
    bool skin;    /* the whole handset */
    int turns;    /* of it */
    uint8_t *raw; /* of the persona as `source` says; NULL: the screen is meant */
    struct source source;
    GBytes *png;
    guint8 digest[32]; /* of its pixels */
    int width, height;
    GError *error;
};

static JsonObject *describe(const struct shot *shot)
{
    JsonObject *body = json_object_new();

    json_object_set_int_member(body, "width", shot->width);
    json_object_set_int_member(body, "height", shot->height);
    if (shot->file) {
        json_object_set_string_member(body, "file", shot->file);
    } else {
        gsize size;
        const guchar *bytes = g_bytes_get_data(shot->png, &size);
        g_autofree char *text = g_base64_encode(bytes, size);
        json_object_set_string_member(body, "png", text);
    }
    return body;
}

static void shot_free(struct shot *shot)
{
    g_clear_error(&shot->error);
    g_clear_pointer(&shot->png, g_bytes_unref);
    g_free(shot->raw);
    g_free(shot->file);
    g_free(shot);
}

static gboolean answer(gpointer data)
{
    struct shot *shot = data;

    trace_hash_add(TRACE_PICTURE, 0, shot->digest, sizeof(shot->digest));
    if (shot->error) {
        request_fail(shot->request, "io", "%s", shot->error->message);
    } else {
        request_ok(shot->request, describe(shot));
    }
    shot_free(shot);
    return G_SOURCE_REMOVE;
}

static bool write_png(const struct shot *shot, GError **error)
{
    g_autoptr(GError) why = NULL;
    gsize size;
    const char *bytes = g_bytes_get_data(shot->png, &size);

    if (!target_check(shot->file, error)) {
        return false;
    }
    if (!g_file_set_contents_full(shot->file, bytes, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT,
                                  0644, &why)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "no picture: %s", why->message);
        return false;
    }
    return true;
}

static uint32_t pixel_of(const uint8_t *at, int bytes)
{
    uint32_t pixel = 0;

    memcpy(&pixel, at, (size_t)bytes);
    if (bytes == 4) {
        return pixel;
    }
    uint32_t red = pixel >> 11 & 31, green = pixel >> 5 & 63, blue = pixel & 31;
    return (red * 255 / 31) << 16 | (green * 255 / 63) << 8 | blue * 255 / 31;
}

static uint32_t *unpack(struct shot *shot)
{
    const struct source *source = &shot->source;
    uint32_t *pixels = g_new(uint32_t, (gsize)source->width * (gsize)source->height);

    shot->width = source->width;
    shot->height = source->height;
    for (int y = 0; y < source->height; y++) {
        const uint8_t *row = shot->raw + (gsize)y * (gsize)source->stride;
        for (int x = 0; x < source->width; x++) {
            pixels[y * source->width + x] = pixel_of(row + x * source->bytes, source->bytes);
        }
    }
    return pixels;
}

/* Of what is seen; how libpng packs it is not the machine's. */
static void digest(struct shot *shot, const uint32_t *pixels)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    gsize length = sizeof(shot->digest);

    for (int y = 0; y < shot->height; y++) {
        g_checksum_update(sum, (const guchar *)(pixels + (gsize)y * (gsize)shot->width),
                          (gssize)shot->width * (gssize)sizeof(*pixels));
    }
    g_checksum_get_digest(sum, shot->digest, &length);
}

static gpointer make_picture(gpointer data)
{
    struct shot *shot = data;
    struct server *server = shot->request->server;
    g_autofree uint32_t *pixels = shot->raw
                                      ? unpack(shot)
                                      : shadow_copy(&server->config.screen->shadow, &shot->width,
                                                    &shot->height, &shot->error);

    if (pixels && shot->skin) {
        g_autofree uint32_t *screen = g_steal_pointer(&pixels);
        g_autofree char *skin = skin_find(server->config.phone->handset->skin);
        pixels = skin_shot(skin, shot->turns, screen, shot->width, shot->height, &shot->width,
                           &shot->height, &shot->error);
    }
    if (pixels && trace_hash_is_kept()) {
        digest(shot, pixels);
    }
    if (pixels) {
        shot->png = shadow_encode(pixels, shot->width, shot->height, shot->skin, &shot->error);
    }
    if (shot->png && shot->file) {
        write_png(shot, &shot->error);
    }
    phone_invoke(server->config.phone, answer, shot);
    return NULL;
}

/* Machine's thread: encoding takes longer than it may be held up. */
static void on_refreshed(void *opaque)
{
    g_thread_unref(g_thread_new("picture", make_picture, opaque));
}

/* The same. */
static void read_memory(void *opaque)
{
    struct shot *shot = opaque;
    const gsize size = (gsize)shot->source.stride * (gsize)shot->source.height;

    shot->raw = g_malloc(size);
    memory_read(shot->source.address, shot->raw, size);
    on_refreshed(shot);
}

/* What the switchboard says of the picture. False: it makes no sense. */
static bool parse(struct source *source, const struct service_line *line)
{
    const char *format = service_line_get(line, "format");
    const int64_t width = service_line_number(line, "width", 0);
    const int64_t height = service_line_number(line, "height", 0);
    const int64_t stride = service_line_number(line, "stride", 0);

    *source = (struct source){
        .address = (uint64_t)service_line_number(line, "address", 0),
        .width = (int)width,
        .height = (int)height,
        .stride = (int)stride,
        .bytes = g_strcmp0(format, "rgb565") == 0 ? 2 : 4,
    };
    return width > 0 && width <= SIDE_MAX && height > 0 && height <= SIDE_MAX &&
           stride >= width * source->bytes && stride <= 4 * SIDE_MAX * 4;
}

static struct shot *shot_new(struct request *request)
{
    struct shot *shot = g_new0(struct shot, 1);

    shot->request = request;
    shot->file = g_strdup(args_string(request->args, "file", NULL));
    shot->skin = args_bool(request->args, "skin", false);
    shot->turns = (int)request->server->config.phone->attitude;
    return shot;
}

static void on_described(void *opaque, const struct service_line *line, const GError *error)
{
    struct request *request = opaque;
    struct source source;
    struct shot *shot;

    if (request_refused(request, line, error)) {
        return;
    }
    if (!parse(&source, line)) {
        request_fail(request, "refused", "the switchboard's answer makes no sense");
        return;
    }
    shot = shot_new(request);
    shot->source = source;
    machine_call(read_memory, shot);
}

static void shoot_persona(struct request *request)
{
    struct phone_vm *vm;

    if (args_bool(request->args, "skin", false)) {
        request_fail(request, "bad-request", "skin shows the screen: not with vm");
    } else if (request_possible(request, NEED_SWITCHBOARD) && (vm = request_vm(request))) {
        request_service(request, SERVICE_S, on_described, "picture %s", vm->desc->name);
    }
}

void verb_shot(struct request *request)
{
    if (args_has(request->args, "vm")) {
        shoot_persona(request);
    } else {
        scanout_refresh(on_refreshed, shot_new(request));
    }
}
