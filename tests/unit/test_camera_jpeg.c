/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cameras' JPEG: libjpeg reads the same picture, and the worst one fits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "camera_jpeg.h"
#include "suite.h"

#define WIDTH  1280u
#define HEIGHT 720u

static uint8_t pixels[2 * WIDTH * HEIGHT];
static uint8_t rgb[3 * WIDTH * HEIGHT];

/* Into rgb. */
static void read_picture(const uint8_t *jpeg, uint32_t bytes, unsigned width, unsigned height)
{
    struct jpeg_error_mgr errors;
    struct jpeg_decompress_struct reader = {.err = jpeg_std_error(&errors)};

    jpeg_create_decompress(&reader);
    jpeg_mem_src(&reader, jpeg, bytes);
    CU_ASSERT_EQUAL_FATAL(jpeg_read_header(&reader, TRUE), JPEG_HEADER_OK);
    CU_ASSERT_TRUE_FATAL(reader.image_width == width && reader.image_height == height);
    CU_ASSERT_TRUE(reader.comp_info[0].h_samp_factor == 2 &&
                   reader.comp_info[0].v_samp_factor == 1);
    jpeg_start_decompress(&reader);
    while (reader.output_scanline < height) {
        JSAMPROW row = rgb + 3ul * width * reader.output_scanline;

        jpeg_read_scanlines(&reader, &row, 1);
    }
    jpeg_finish_decompress(&reader);
    CU_ASSERT_EQUAL(errors.num_warnings, 0);
    jpeg_destroy_decompress(&reader);
}

static void encode(unsigned width, unsigned height)
{
    uint8_t *jpeg = malloc(CAMERA_JPEG_MAX); /* so that a sanitizer sees each byte past it */
    const uint32_t bytes = camera_jpeg(jpeg, pixels, width, height);

    CU_ASSERT_TRUE_FATAL(bytes > 0 && bytes <= CAMERA_JPEG_MAX);
    read_picture(jpeg, bytes, width, height);
    free(jpeg);
}

static void near(const uint8_t *pixel, int r, int g, int b)
{
    CU_ASSERT_TRUE(abs(pixel[0] - r) < 6 && abs(pixel[1] - g) < 6 && abs(pixel[2] - b) < 6);
}

/* Left half blue, right half white, a line of black below. */
static void test_picture(void)
{
    static const unsigned sizes[][2] = {{1280, 720}, {640, 480}, {320, 240}};

    for (unsigned i = 0; i < 3; i++) {
        const unsigned width = sizes[i][0], height = sizes[i][1];

        for (unsigned y = 0; y < height; y++) {
            for (unsigned x = 0; x < width; x += 2) {
                const uint8_t blue[] = {118, 182, 118, 87}, white[] = {235, 128, 235, 128},
                              black[] = {16, 128, 16, 128};

                memcpy(pixels + 2 * (width * y + x),
                       y >= height - 8 ? black
                       : x < width / 2 ? blue
                                       : white,
                       4);
            }
        }
        encode(width, height);
        near(rgb, 53, 132, 228);
        near(rgb + 3 * (width - 1), 255, 255, 255);
        near(rgb + 3 * width * height - 3, 0, 0, 0);
    }
}

static void test_worst(void)
{
    for (size_t i = 0; i < sizeof(pixels); i++) {
        pixels[i] = rand() & 0x1000 ? 255 : 0;
    }
    encode(WIDTH, HEIGHT);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"a picture", test_picture}, {"the worst", test_worst}, CU_TEST_INFO_NULL};

    return run_suite("camera JPEG", tests);
}
