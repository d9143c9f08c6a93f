/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen/shadow.h"

#include <gio/gio.h>
#include <png.h>

void shadow_resize(struct shadow *shadow, int width, int height)
{
    g_mutex_lock(&shadow->lock);
    if (width != shadow->width || height != shadow->height) {
        g_free(shadow->pixels);
        shadow->pixels = g_new0(uint32_t, (gsize)width * (gsize)height);
        shadow->width = width;
        shadow->height = height;
    }
    g_mutex_unlock(&shadow->lock);
}

/* The screen as bytes R, G, B; NULL: there is none. */
static uint8_t *copy_rgb(struct shadow *shadow, int *width, int *height)
{
    uint8_t *rgb = NULL;

    g_mutex_lock(&shadow->lock);
    *width = shadow->width;
    *height = shadow->height;
    if (shadow->pixels) {
        gsize count = (gsize)*width * (gsize)*height;
        rgb = g_malloc(count * 3);
        for (gsize i = 0; i < count; i++) {
            uint32_t pixel = shadow->pixels[i];
            rgb[3 * i] = (uint8_t)(pixel >> 16);
            rgb[3 * i + 1] = (uint8_t)(pixel >> 8);
            rgb[3 * i + 2] = (uint8_t)pixel;
        }
    }
    g_mutex_unlock(&shadow->lock);
    return rgb;
}

GBytes *shadow_png(struct shadow *shadow, int *width, int *height, GError **error)
{
    g_autofree uint8_t *rgb = copy_rgb(shadow, width, height);
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)*width,
                       .height = (png_uint_32)*height,
                       .format = PNG_FORMAT_RGB,
                       .flags = PNG_IMAGE_FLAG_FAST};
    png_alloc_size_t size = 0;

    if (!rgb) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "the handset has no screen yet");
        return NULL;
    }
    size = PNG_IMAGE_PNG_SIZE_MAX(image);
    uint8_t *png = g_malloc(size);
    if (!png_image_write_to_memory(&image, png, &size, 0, rgb, 0, NULL)) {
        g_free(png);
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "no picture: %s", image.message);
        return NULL;
    }
    return g_bytes_new_take(png, size);
}

struct rect rect_union(struct rect a, struct rect b)
{
    if (a.w <= 0 || a.h <= 0) {
        return b;
    }
    if (b.w <= 0 || b.h <= 0) {
        return a;
    }
    int x = MIN(a.x, b.x), y = MIN(a.y, b.y);
    return (struct rect){x, y, MAX(a.x + a.w, b.x + b.w) - x, MAX(a.y + a.h, b.y + b.h) - y};
}

struct rect rect_intersect(struct rect a, struct rect b)
{
    int x = MAX(a.x, b.x), y = MAX(a.y, b.y);
    int right = MIN(a.x + a.w, b.x + b.w), bottom = MIN(a.y + a.h, b.y + b.h);
    return (struct rect){x, y, MAX(right - x, 0), MAX(bottom - y, 0)};
}
