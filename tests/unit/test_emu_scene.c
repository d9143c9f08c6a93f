/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a camera can look at: pictures, animations, videos, and files that are none of these. */
#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "phone/scene.h"
#include "phone/yuy2.h"
#include "folder.h"
#include "suite.h"

#define MS 1000000ll

static char *folder;

/* A file with these bytes; its path, the caller's. */
static char *file_of(const char *name, const void *data, gsize size)
{
    char *path = g_build_filename(folder, name, NULL);

    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, data, (gssize)size, NULL));
    return path;
}

/* Adds a plane of that many bytes. */
static void add(GByteArray *to, uint8_t value, guint size)
{
    const guint at = to->len;

    g_byte_array_set_size(to, at + size);
    memset(to->data + at, value, size);
}

static void add_text(GByteArray *to, const char *text)
{
    g_byte_array_append(to, (const guint8 *)text, (guint)strlen(text));
}

static struct scene *open_bytes(const char *name, const GByteArray *bytes)
{
    g_autofree char *path = file_of(name, bytes->data, bytes->len);
    g_autoptr(GError) error = NULL;
    struct scene *scene = scene_open(path, &error);

    CU_ASSERT_PTR_NULL(error);
    CU_ASSERT_PTR_NOT_NULL_FATAL(scene);
    return scene;
}

/* It is refused, and the line says so. */
static void refuses(const char *path, const char *word)
{
    g_autoptr(GError) error = NULL;

    CU_ASSERT_PTR_NULL(scene_open(path, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, word));
    CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
}

static void refuses_bytes(const char *bytes, gsize size, const char *word)
{
    g_autofree char *path = file_of("wrong", bytes, size);

    refuses(path, word);
}

/* All of a frame has this colour. */
static bool is(struct scene *scene, unsigned width, int64_t when, uint8_t y, uint8_t u, uint8_t v)
{
    const unsigned height = width == YUY2_WIDE ? YUY2_HIGH : width / 4 * 3;
    const gsize size = 2 * width * height;
    g_autofree uint8_t *frame = g_malloc(size);
    bool same = true;

    scene_fill(scene, frame, width, height, when);
    for (gsize i = 0; i < size; i += 4) {
        same &= frame[i] == y && frame[i + 1] == u && frame[i + 2] == y && frame[i + 3] == v;
    }
    return same;
}

/* ---- Videos ---------------------------------------------------------------------------------- */

static void test_video(void)
{
    static const struct {
        const char *colours;
        guint chroma;
    } kinds[] = {{"", 32 * 24}, {" C420jpeg", 32 * 24}, {" C422", 32 * 48}, {" C444", 64 * 48}};

    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        g_autofree char *line =
            g_strdup_printf("YUV4MPEG2 W64 H48 F10:1 Ip A1:1%s XCOMMENT\n", kinds[i].colours);
        struct scene *scene;

        add_text(bytes, line);
        for (uint8_t n = 0; n < 3; n++) {
            add_text(bytes, "FRAME\n");
            add(bytes, (uint8_t)(100 + n), 64 * 48);
            add(bytes, (uint8_t)(50 + n), kinds[i].chroma);
            add(bytes, (uint8_t)(200 + n), kinds[i].chroma);
        }
        scene = open_bytes("video.y4m", bytes);
        CU_ASSERT_TRUE(is(scene, 640, 0, 100, 50, 200));
        CU_ASSERT_TRUE(is(scene, 320, 99 * MS, 100, 50, 200));
        CU_ASSERT_TRUE(is(scene, 1280, 99 * MS, 100, 50, 200));
        CU_ASSERT_TRUE(is(scene, 320, 100 * MS, 101, 51, 201));
        CU_ASSERT_TRUE(is(scene, 640, 299 * MS, 102, 52, 202));
        CU_ASSERT_TRUE(is(scene, 640, 300 * MS, 100, 50, 200)); /* anew */
        CU_ASSERT_TRUE(is(scene, 640, INT64_MAX, 101, 51, 201) ||
                       is(scene, 640, INT64_MAX, 100, 50, 200) ||
                       is(scene, 640, INT64_MAX, 102, 52, 202));
        scene_rest(scene);
        scene_free(scene);
    }
}

/* A file that becomes shorter, or something else, keeps its last frame. */
static void test_video_damaged(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autofree char *path = g_build_filename(folder, "short.y4m", NULL);
    struct scene *scene;

    add_text(bytes, "YUV4MPEG2 W3 H3 F1:1\n");
    for (uint8_t n = 0; n < 2; n++) {
        add_text(bytes, "FRAME\n");
        add(bytes, 90, 9);
        add(bytes, 91, 4);
        add(bytes, 92, 4);
    }
    scene = open_bytes("short.y4m", bytes);
    CU_ASSERT_TRUE(is(scene, 640, 0, 90, 91, 92));
    CU_ASSERT_EQUAL(truncate(path, 30), 0);
    CU_ASSERT_TRUE(is(scene, 640, 1000 * MS, 90, 91, 92));
    scene_free(scene);
}

static void test_video_refused(void)
{
    static const struct {
        const char *line, *word;
    } lines[] = {
        {"YUV4MPEG2 W64 H48 F10:1 C420p10\nFRAME\n", "'C420p10'"},
        {"YUV4MPEG2 W0 H48\n", "'W0'"},
        {"YUV4MPEG2 W64 H4097\n", "'H4097'"},
        {"YUV4MPEG2 W64 H48 F0:0\n", "'F0:0'"},
        {"YUV4MPEG2 W64 H48 F25\n", "'F25'"},
        {"YUV4MPEG2 W64\n", "without a size"},
        {"YUV4MPEG2 W64 H48 F25:1\nFRAME\nabc", "without a whole frame"},
    };
    g_autofree char *endless = g_strnfill(1000, 'X');

    for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
        refuses_bytes(lines[i].line, strlen(lines[i].line), lines[i].word);
    }
    memcpy(endless, "YUV4MPEG2 ", 10);
    refuses_bytes(endless, 1000, "first line is too long");
}

/* ---- Pictures -------------------------------------------------------------------------------- */

/* A BMP of 24 bits. */
static GByteArray *bitmap(uint16_t width, uint16_t height, uint8_t red, uint8_t green, uint8_t blue)
{
    GByteArray *bytes = g_byte_array_new();
    const guint row = (3u * width + 3) & ~3u;
    uint8_t head[54] = {'B',
                        'M',
                        [10] = 54,
                        [14] = 40,
                        [18] = (uint8_t)width,
                        (uint8_t)(width >> 8),
                        [22] = (uint8_t)height,
                        (uint8_t)(height >> 8),
                        [26] = 1,
                        [28] = 24};

    g_byte_array_append(bytes, head, sizeof(head));
    add(bytes, 0, row * height);
    for (guint y = 0; y < height; y++) {
        for (guint x = 0; x < width; x++) {
            uint8_t *pixel = bytes->data + sizeof(head) + y * row + 3 * x;

            pixel[0] = blue;
            pixel[1] = green;
            pixel[2] = red;
        }
    }
    return bytes;
}

static void test_picture(void)
{
    static const uint16_t sizes[][2] = {{1, 1}, {640, 480}, {3, 1000}, {1000, 3}, {1281, 961}};

    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GByteArray) blue = bitmap(sizes[i][0], sizes[i][1], 53, 132, 228);
        struct scene *scene = open_bytes("blue.bmp", blue);

        CU_ASSERT_TRUE(is(scene, 640, 0, 118, 182, 87));
        CU_ASSERT_TRUE(is(scene, 320, 12345 * MS, 118, 182, 87));
        CU_ASSERT_TRUE(is(scene, 1280, 12345 * MS, 118, 182, 87));
        scene_free(scene);
    }
}

/* Two pictures of one pixel, red and blue, 100 and 300 ms. */
static void test_animation(void)
{
    static const uint8_t gif[] = {
        'G', 'I', 'F',  '8',  '9', 'a',  1,    0, 1,    0,    0x80, 0,    0,    255, 0,   0, 0,
        0,   255, 0x21, 0xf9, 4,   0,    10,   0, 0,    0,    0x2c, 0,    0,    0,   0,   1, 0,
        1,   0,   0,    2,    2,   0x44, 0x01, 0, 0x21, 0xf9, 4,    0,    30,   0,   0,   0, 0x2c,
        0,   0,   0,    0,    1,   0,    1,    0, 0,    2,    2,    0x4c, 0x01, 0,   0x3b};
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    struct scene *scene;

    g_byte_array_append(bytes, gif, sizeof(gif));
    scene = open_bytes("two.gif", bytes);
    CU_ASSERT_TRUE(is(scene, 640, 50 * MS, 82, 90, 240));
    CU_ASSERT_TRUE(is(scene, 640, 150 * MS, 41, 240, 110));
    CU_ASSERT_TRUE(is(scene, 640, 399 * MS, 41, 240, 110));
    CU_ASSERT_TRUE(is(scene, 1280, 399 * MS, 41, 240, 110));
    CU_ASSERT_TRUE(is(scene, 640, 400 * MS, 82, 90, 240));
    scene_free(scene);
}

static void test_dark(void)
{
    struct scene *scene = scene_dark();

    CU_ASSERT_TRUE(is(scene, 640, 0, 16, 128, 128));
    CU_ASSERT_TRUE(is(scene, 320, 0, 16, 128, 128));
    CU_ASSERT_TRUE(is(scene, 1280, 0, 16, 128, 128));
    scene_rest(scene);
    scene_free(scene);
    scene_free(NULL);
}

static void test_no_picture(void)
{
    g_autofree char *pipe = g_build_filename(folder, "pipe", NULL);
    g_autofree char *nothing = g_build_filename(folder, "nothing", NULL);

    CU_ASSERT_EQUAL(mkfifo(pipe, 0600), 0);
    refuses(pipe, "neither a file");
    refuses(nothing, "no such file");
    refuses(folder, "this is a folder");
    refuses("/dev/null", "no video device");
    refuses_bytes("hello", 5, "no picture");
    refuses_bytes("", 0, "no picture");
}

/* A picture that is wider than 4:3 loses its sides, a higher one top and bottom. */
static void test_cut(void)
{
    static const struct yuy2_size size = {YUY2_WIDTH, YUY2_HEIGHT};
    g_autofree uint8_t *rgba = g_malloc0(4 * 200 * 75);
    g_autofree uint8_t *frame = g_malloc(YUY2_BYTES);

    for (unsigned y = 0; y < 75; y++) {
        for (unsigned x = 50; x < 150; x++) {
            memset(rgba + 4 * (200 * y + x), 255, 4);
        }
    }
    yuy2_of_rgba(frame, size, rgba, 200, 75, 800);
    CU_ASSERT_TRUE(frame[0] == 235 && frame[YUY2_BYTES - 2] == 235);
    memset(rgba, 0, 4 * 200 * 75);
    memset(rgba + 4 * 60 * 22, 255, 4 * 60 * 45); /* 60 wide, 90 high: rows 22 to 66 */
    yuy2_of_rgba(frame, size, rgba, 60, 90, 240);
    CU_ASSERT_TRUE(frame[0] == 235 && frame[YUY2_BYTES - 2] == 235);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"video", test_video},
                                        {"a video that changes", test_video_damaged},
                                        {"videos that are refused", test_video_refused},
                                        {"picture", test_picture},
                                        {"animation", test_animation},
                                        {"dark", test_dark},
                                        {"no pictures", test_no_picture},
                                        {"shape", test_cut},
                                        CU_TEST_INFO_NULL};
    int status;

    folder = g_dir_make_tmp("test-scene-XXXXXX", NULL);
    status = run_suite("scenes of the cameras", tests);
    remove_all(folder);
    g_free(folder);
    return status;
}
