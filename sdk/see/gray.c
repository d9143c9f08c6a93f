/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "gray.h"

#include <gio/gio.h>
#include <png.h>
#include <string.h>

#define SIDE_MAX 8192u
#define AROUND   12 /* pixels each way: more than a line of small text is high */
#define GAIN     3  /* a faint text becomes a clear one */
#define FAINT    6  /* shades that are no text but the wallpaper's */

gboolean gray_read(struct gray *gray, const void *png, gsize size, GError **error)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    gboolean done = png_image_begin_read_from_memory(&image, png, size) &&
                    image.width <= SIDE_MAX && image.height <= SIDE_MAX;

    *gray = (struct gray){.width = (int)image.width, .height = (int)image.height};
    if (done) {
        image.format = PNG_FORMAT_GRAY;
        gray->pixels = g_malloc(PNG_IMAGE_SIZE(image));
        done = png_image_finish_read(&image, NULL, gray->pixels, 0, NULL);
    }
    if (!done) {
        g_clear_pointer(&gray->pixels, g_free);
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no picture: %s",
                    *image.message ? image.message : "too large");
    }
    png_image_free(&image);
    return done;
}

/* Sums of all pixels above and left of a point, with a row and a column of zeros before. */
static guint32 *sums_of(const struct gray *gray)
{
    const gsize stride = (gsize)gray->width + 1;
    guint32 *sums = g_new0(guint32, stride * ((gsize)gray->height + 1));

    for (int y = 0; y < gray->height; y++) {
        guint32 row = 0;
        for (int x = 0; x < gray->width; x++) {
            row += gray->pixels[y * gray->width + x];
            sums[(gsize)(y + 1) * stride + (gsize)x + 1] =
                sums[(gsize)y * stride + (gsize)x + 1] + row;
        }
    }
    return sums;
}

/* The mean of what is around a point. */
static int mean(const struct gray *gray, const guint32 *sums, int x, int y)
{
    const gsize stride = (gsize)gray->width + 1;
    const gsize left = (gsize)MAX(x - AROUND, 0), top = (gsize)MAX(y - AROUND, 0);
    const gsize right = (gsize)MIN(x + AROUND + 1, gray->width);
    const gsize bottom = (gsize)MIN(y + AROUND + 1, gray->height);
    const guint32 sum = sums[bottom * stride + right] - sums[bottom * stride + left] -
                        sums[top * stride + right] + sums[top * stride + left];

    return (int)(sum / ((right - left) * (bottom - top)));
}

struct gray gray_text(const struct gray *gray, gboolean light)
{
    g_autofree guint32 *sums = sums_of(gray);
    struct gray out = {gray->width, gray->height,
                       g_malloc((gsize)gray->width * (gsize)gray->height)};

    for (int y = 0; y < gray->height; y++) {
        for (int x = 0; x < gray->width; x++) {
            int above = gray->pixels[y * gray->width + x] - mean(gray, sums, x, y);
            int ink = (light ? above : -above) - FAINT;
            out.pixels[y * gray->width + x] = (guint8)(255 - CLAMP(ink * GAIN, 0, 255));
        }
    }
    return out;
}

GBytes *gray_pgm(const struct gray *gray)
{
    g_autofree char *head = g_strdup_printf("P5\n%d %d\n255\n", gray->width, gray->height);
    const gsize length = strlen(head), size = (gsize)gray->width * (gsize)gray->height;
    guint8 *pgm = g_malloc(length + size);

    memcpy(pgm, head, length);
    memcpy(pgm + length, gray->pixels, size);
    return g_bytes_new_take(pgm, length + size);
}
