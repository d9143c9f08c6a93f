/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "camera_jpeg.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#define ROWS     DCTSIZE /* that the library takes at a time */
#define BLACK_Y  16
#define RANGE_Y  219 /* BT.601's, of JFIF's 255 */
#define RANGE_UV 224

/* By how it looks first; the last one always fits. */
static const int qualities[] = {80, 50, 20, 5, 1};

/* Planes of ROWS rows. */
struct rows {
    JSAMPLE y[ROWS][CAMERA_JPEG_WIDE], u[ROWS][CAMERA_JPEG_WIDE / 2], v[ROWS][CAMERA_JPEG_WIDE / 2];
    JSAMPROW y_row[ROWS], u_row[ROWS], v_row[ROWS];
};

/* BT.601's range to JFIF's, which is all of a byte. */
static struct {
    bool made;
    JSAMPLE y[256], uv[256];
} full;

static JSAMPLE clamp(int value)
{
    return (JSAMPLE)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static void make_full(void)
{
    for (int i = 0; i < 256 && !full.made; i++) {
        full.y[i] = clamp(((i - BLACK_Y) * 255 + RANGE_Y / 2) / RANGE_Y);
        full.uv[i] = clamp(128 + (i - 128) * 255 / RANGE_UV);
    }
    full.made = true;
}

static void read_rows(struct rows *rows, const uint8_t *pixels, unsigned width)
{
    for (unsigned r = 0; r < ROWS; r++) {
        for (unsigned x = 0; x < width / 2; x++, pixels += 4) {
            rows->y[r][2 * x] = full.y[pixels[0]];
            rows->u[r][x] = full.uv[pixels[1]];
            rows->y[r][2 * x + 1] = full.y[pixels[2]];
            rows->v[r][x] = full.uv[pixels[3]];
        }
        rows->y_row[r] = rows->y[r];
        rows->u_row[r] = rows->u[r];
        rows->v_row[r] = rows->v[r];
    }
}

static void set_up(struct jpeg_compress_struct *jpeg, unsigned width, unsigned height, int quality)
{
    jpeg->image_width = width;
    jpeg->image_height = height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_YCbCr;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, quality, TRUE);
    jpeg->comp_info[0].h_samp_factor = 2;
    jpeg->comp_info[0].v_samp_factor = 1;
    jpeg->raw_data_in = TRUE;
    jpeg->dct_method = JDCT_IFAST;
}

/* 0: it does not fit. */
static unsigned long encode(uint8_t *to, const uint8_t *pixels, unsigned width, unsigned height,
                            int quality)
{
    static struct rows rows;
    JSAMPARRAY planes[3] = {rows.y_row, rows.u_row, rows.v_row};
    struct jpeg_error_mgr
        errors; /* only a mistake of this file is an error, and ends the process */
    struct jpeg_compress_struct jpeg = {.err = jpeg_std_error(&errors)};
    unsigned char *data = to;
    unsigned long size = CAMERA_JPEG_MAX;

    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &size); /* memory of its own, once there is no room */
    set_up(&jpeg, width, height, quality);
    jpeg_start_compress(&jpeg, TRUE);
    for (unsigned y = 0; y < height; y += ROWS) {
        read_rows(&rows, pixels + 2 * width * y, width);
        jpeg_write_raw_data(&jpeg, planes, ROWS);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    if (data != to) {
        free(data);
        return 0;
    }
    return size;
}

uint32_t camera_jpeg(uint8_t *to, const uint8_t *pixels, unsigned width, unsigned height)
{
    unsigned long size = 0;

    make_full();
    for (unsigned i = 0; !size && i < sizeof(qualities) / sizeof(qualities[0]); i++) {
        size = encode(to, pixels, width, height, qualities[i]);
    }
    return (uint32_t)size;
}
