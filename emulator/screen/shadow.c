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

uint32_t *shadow_copy(struct shadow *shadow, int *width, int *height, GError **error)
{
    uint32_t *pixels = NULL;

    g_mutex_lock(&shadow->lock);
    *width = shadow->width;
    *height = shadow->height;
    if (shadow->pixels) {
        pixels =
            g_memdup2(shadow->pixels, (gsize)*width * (gsize)*height * sizeof(*shadow->pixels));
    }
    g_mutex_unlock(&shadow->lock);
    if (!pixels) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "the handset has no screen yet");
    }
    return pixels;
}

/* Bytes R, G, B; with `alpha` and A. */
static uint8_t *to_bytes(const uint32_t *pixels, gsize count, bool alpha)
{
    uint8_t *bytes = g_malloc(count * (alpha ? 4 : 3)), *at = bytes;

    for (gsize i = 0; i < count; i++) {
        *at++ = (uint8_t)(pixels[i] >> 16);
        *at++ = (uint8_t)(pixels[i] >> 8);
        *at++ = (uint8_t)pixels[i];
        if (alpha) {
            *at++ = (uint8_t)(pixels[i] >> 24);
        }
    }
    return bytes;
}

GBytes *shadow_encode(const uint32_t *pixels, int width, int height, bool alpha, GError **error)
{
    g_autofree uint8_t *bytes = to_bytes(pixels, (gsize)width * (gsize)height, alpha);
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)width,
                       .height = (png_uint_32)height,
                       .format = alpha ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB,
                       .flags = PNG_IMAGE_FLAG_FAST};
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    uint8_t *png = g_malloc(size);

    if (!png_image_write_to_memory(&image, png, &size, 0, bytes, 0, NULL)) {
        g_free(png);
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "no picture: %s", image.message);
        return NULL;
    }
    return g_bytes_new_take(png, size);
}

GBytes *shadow_png(struct shadow *shadow, int *width, int *height, GError **error)
{
    g_autofree uint32_t *pixels = shadow_copy(shadow, width, height, error);

    return pixels ? shadow_encode(pixels, *width, *height, false, error) : NULL;
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
