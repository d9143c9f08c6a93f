/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "picture.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

#define PIXELS_MAX (64u << 20)
#define ALIKE      16

struct picture {
    png_image png;
    guint8 *rgb;
};

/* Why it cannot be read, to be freed; NULL: it was. */
static char *load(struct picture *picture, const char *file)
{
    char *why = NULL;

    memset(picture, 0, sizeof(*picture));
    picture->png.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_file(&picture->png, file)) {
        return g_strdup_printf("%s: %s; 'booth shot' makes one", file, picture->png.message);
    }
    picture->png.format = PNG_FORMAT_RGB;
    if ((guint64)picture->png.width * picture->png.height > PIXELS_MAX) {
        why = g_strdup_printf("%s: too large", file);
    } else {
        picture->rgb = g_malloc(PNG_IMAGE_SIZE(picture->png));
        if (!png_image_finish_read(&picture->png, NULL, picture->rgb, 0, NULL)) {
            why = g_strdup_printf("%s: %s", file, picture->png.message);
        }
    }
    png_image_free(&picture->png);
    return why;
}

static gboolean differs(const guint8 *a, const guint8 *b)
{
    return abs(a[0] - b[0]) > ALIKE || abs(a[1] - b[1]) > ALIKE || abs(a[2] - b[2]) > ALIKE;
}

/* Per cent of the pixels in the area. */
static double difference(const struct picture *a, const struct picture *b, const int *area)
{
    guint64 count = 0;

    for (int y = area[1]; y < area[1] + area[3]; y++) {
        for (int x = area[0]; x < area[0] + area[2]; x++) {
            gsize at = 3 * ((gsize)y * a->png.width + (gsize)x);
            count += differs(a->rgb + at, b->rgb + at);
        }
    }
    return 100.0 * (double)count / ((double)area[2] * area[3]);
}

static char *compare(const struct picture *a, const struct picture *b, double tolerance,
                     const int *wanted)
{
    int width = (int)a->png.width, height = (int)a->png.height;
    const int all[4] = {0, 0, width, height};
    const int *area = wanted[2] ? wanted : all;

    if (b->png.width != a->png.width || b->png.height != a->png.height) {
        return g_strdup_printf("the screen has %u x %u pixels, the reference %d x %d", b->png.width,
                               b->png.height, width, height);
    }
    if (area[2] < 1 || area[3] < 1 || area[2] > width - area[0] || area[3] > height - area[1]) {
        return g_strdup_printf("the area is not inside the picture of %d x %d", width, height);
    }
    double found = difference(a, b, area);
    return found <= tolerance
               ? NULL
               : g_strdup_printf("%.2f %% of the pixels differ, %.2f %% may", found, tolerance);
}

char *picture_compare(const char *reference, const char *file, double tolerance, const int area[4])
{
    struct picture a = {0}, b = {0};
    char *why = load(&a, reference);

    why = why ? why : load(&b, file);
    why = why ? why : compare(&a, &b, tolerance, area);
    g_free(a.rgb);
    g_free(b.rgb);
    return why;
}
