/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * pixels: what a screenshot shows, as numbers for the system tests.
 *
 *   pixels colour FILE #RRGGBB X Y W H   per cent of the pixels within 24 of that colour
 *   pixels distinct FILE X Y W H         number of distinct colours
 *   pixels differ FILE FILE2 X Y W H     per cent of the pixels that differ
 *   pixels edges FILE X Y W H            per cent of the pixels unlike their left neighbour
 */
#include <glib.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct picture {
    png_image png;
    guint8 *rgb;
};

struct area {
    guint x, y, w, h;
};

static void die(const char *what, const char *name)
{
    fprintf(stderr, "pixels: %s: %s\n", name, what);
    exit(2);
}

static void load(struct picture *picture, const char *name)
{
    memset(picture, 0, sizeof(*picture));
    picture->png.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_file(&picture->png, name)) {
        die(picture->png.message, name);
    }
    picture->png.format = PNG_FORMAT_RGB;
    picture->rgb = g_malloc(PNG_IMAGE_SIZE(picture->png));
    if (!png_image_finish_read(&picture->png, NULL, picture->rgb, 0, NULL)) {
        die(picture->png.message, name);
    }
}

static const guint8 *pixel(const struct picture *picture, guint x, guint y)
{
    return picture->rgb + 3 * ((gsize)y * picture->png.width + x);
}

static struct area parse_area(char **argv, const struct picture *picture, const char *name)
{
    struct area area = {(guint)atoi(argv[0]), (guint)atoi(argv[1]), (guint)atoi(argv[2]),
                        (guint)atoi(argv[3])};

    if (area.w == 0 || area.h == 0 || area.x + area.w > picture->png.width ||
        area.y + area.h > picture->png.height) {
        die("the area is empty or not inside the picture", name);
    }
    return area;
}

static gboolean is_near(const guint8 *p, const guint8 *q, int tolerance)
{
    return abs(p[0] - q[0]) <= tolerance && abs(p[1] - q[1]) <= tolerance &&
           abs(p[2] - q[2]) <= tolerance;
}

static void print_share(const struct area *area, gsize count)
{
    printf("%.2f\n", 100.0 * (double)count / ((double)area->w * area->h));
}

static void colour(const struct picture *picture, const struct area *area, const char *text)
{
    guint value = (guint)strtoul(text + (text[0] == '#'), NULL, 16);
    guint8 wanted[3] = {(guint8)(value >> 16), (guint8)(value >> 8), (guint8)value};
    gsize count = 0;

    for (guint y = area->y; y < area->y + area->h; y++) {
        for (guint x = area->x; x < area->x + area->w; x++) {
            count += is_near(pixel(picture, x, y), wanted, 24);
        }
    }
    print_share(area, count);
}

static void distinct(const struct picture *picture, const struct area *area)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    for (guint y = area->y; y < area->y + area->h; y++) {
        for (guint x = area->x; x < area->x + area->w; x++) {
            const guint8 *p = pixel(picture, x, y);
            g_hash_table_add(
                seen, GUINT_TO_POINTER(1u << 24 | (guint)p[0] << 16 | (guint)p[1] << 8 | p[2]));
        }
    }
    printf("%u\n", g_hash_table_size(seen));
}

static void differ(const struct picture *a, const struct picture *b, const struct area *area)
{
    gsize count = 0;

    for (guint y = area->y; y < area->y + area->h; y++) {
        for (guint x = area->x; x < area->x + area->w; x++) {
            count += !is_near(pixel(a, x, y), pixel(b, x, y), 8);
        }
    }
    print_share(area, count);
}

static void edges(const struct picture *picture, const struct area *area)
{
    gsize count = 0;

    for (guint y = area->y; y < area->y + area->h; y++) {
        for (guint x = area->x + 1; x < area->x + area->w; x++) {
            count += !is_near(pixel(picture, x, y), pixel(picture, x - 1, y), 24);
        }
    }
    print_share(area, count);
}

int main(int argc, char **argv)
{
    struct picture picture, second;

    if (argc == 8 && strcmp(argv[1], "colour") == 0) {
        load(&picture, argv[2]);
        struct area area = parse_area(argv + 4, &picture, argv[2]);
        colour(&picture, &area, argv[3]);
    } else if (argc == 8 && strcmp(argv[1], "differ") == 0) {
        load(&picture, argv[2]);
        load(&second, argv[3]);
        if (picture.png.width != second.png.width || picture.png.height != second.png.height) {
            die("the pictures differ in size", argv[3]);
        }
        struct area area = parse_area(argv + 4, &picture, argv[2]);
        differ(&picture, &second, &area);
    } else if (argc == 7) {
        load(&picture, argv[2]);
        struct area area = parse_area(argv + 3, &picture, argv[2]);
        (strcmp(argv[1], "edges") == 0 ? edges : distinct)(&picture, &area);
    } else {
        fprintf(stderr, "usage: see the top of pixels.c\n");
        return 2;
    }
    return 0;
}
