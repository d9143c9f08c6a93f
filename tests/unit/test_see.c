/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Text that was read from the screen: lines of words, and what is found in them. */
#include "suite.h"

#include <string.h>

#include "sdk/see/accessible.h"
#include "sdk/see/gray.h"
#include "sdk/see/text.h"

#define ROW(x, y, w, h, sure, word) \
    "5\t1\t1\t1\t1\t1\t" #x "\t" #y "\t" #w "\t" #h "\t" #sure "\t" word "\n"

static const char table[] =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_"
    "num\tleft\ttop\twidth\theight\tconf\ttext\n"
    "1\t1\t0\t0\t0\t0\t0\t0\t720\t1440\t-1\t\n" ROW(160, 200, 100, 24, 96, "Editor")
        ROW(40, 202, 100, 20, 91, "Text")
            ROW(500, 200, 100, 24, 93, "Maps") /* another icon's, on the same row */
    ROW(40, 400, 120, 24, 88, "Settings")
        ROW(42, 401, 60, 22, 80, "Sett") /* the same, seen again and worse */
    ROW(300, 300, 10, 10, 7, "noise") "5\t1\tbroken\n" ROW(600, 600, 9, 9, 90, " ");

static GPtrArray *read_lines(void)
{
    g_autoptr(GPtrArray) words = seen_list();

    text_read_tsv(table, words);
    return text_lines(words);
}

static const struct seen *line_of(const GPtrArray *lines, guint i)
{
    return lines->pdata[i];
}

static void test_lines(void)
{
    g_autoptr(GPtrArray) lines = read_lines();

    CU_ASSERT_EQUAL_FATAL(lines->len, 3);
    CU_ASSERT_STRING_EQUAL(line_of(lines, 0)->text, "Text Editor");
    CU_ASSERT_EQUAL(line_of(lines, 0)->x, 40);
    CU_ASSERT_EQUAL(line_of(lines, 0)->y, 200);
    CU_ASSERT_EQUAL(line_of(lines, 0)->width, 220);
    CU_ASSERT_EQUAL(line_of(lines, 0)->height, 24);
    CU_ASSERT_STRING_EQUAL(line_of(lines, 1)->text, "Maps");
    CU_ASSERT_STRING_EQUAL(line_of(lines, 2)->text, "Settings");
}

static void test_find(void)
{
    struct seen line = {
        .text = (char *)"Slide up to unlock", .x = 100, .y = 50, .width = 180, .height = 20};
    struct seen place;

    CU_ASSERT_TRUE(text_find(&line, "slide UP", &place));
    CU_ASSERT_EQUAL(place.x, 100);
    CU_ASSERT_EQUAL(place.width, 80);
    CU_ASSERT_EQUAL(place.height, 20);
    CU_ASSERT_TRUE(text_find(&line, "unlock", &place));
    CU_ASSERT_EQUAL(place.x, 220);
    CU_ASSERT_TRUE(text_find(&line, "S1ideupt0", &place));
    line.text = (char *)"27 Novernber";
    CU_ASSERT_TRUE(text_find(&line, "November", &place));
    CU_ASSERT_EQUAL(place.x, 145);
    line.text = (char *)"Slide up to unlock";
    CU_ASSERT_FALSE(text_find(&line, "slide down", &place));
    CU_ASSERT_FALSE(text_find(&line, "", &place));
    CU_ASSERT_FALSE(text_find(&line, "Slide up to unlock it", &place));
}

/* Not ASCII, and bytes that tesseract never writes. */
static void test_letters(void)
{
    struct seen line = {.text = (char *)"Größe: 5 €", .x = 0, .width = 100, .height = 10}, place;
    g_autoptr(GPtrArray) words = seen_list();

    CU_ASSERT_TRUE(text_find(&line, "GRÖßE", &place));
    CU_ASSERT_EQUAL(place.width, 50);
    CU_ASSERT_TRUE(text_find(&line, "€", &place));
    CU_ASSERT_EQUAL(place.x, 90);
    text_read_tsv(ROW(0, 0, 10, 10, 90, "\xff\xfe"), words);
    CU_ASSERT_EQUAL(words->len, 0);
}

/* A light letter on a dark slope, and the other way round: both become ink. */
static void test_gray(void)
{
    enum { SIDE = 64 };
    guint8 pixels[SIDE * SIDE];
    struct gray gray = {SIDE, SIDE, pixels};

    for (int i = 0; i < SIDE * SIDE; i++) {
        pixels[i] = (guint8)(80 + i % SIDE);
    }
    pixels[20 * SIDE + 20] = 255;
    pixels[40 * SIDE + 40] = 0;
    struct gray light = gray_text(&gray, TRUE), dark = gray_text(&gray, FALSE);
    CU_ASSERT_TRUE(light.pixels[20 * SIDE + 20] < 64 && light.pixels[40 * SIDE + 40] == 255);
    CU_ASSERT_TRUE(dark.pixels[40 * SIDE + 40] < 64 && dark.pixels[20 * SIDE + 20] == 255);
    CU_ASSERT_TRUE(light.pixels[30 * SIDE + 30] > 240 && dark.pixels[30 * SIDE + 30] > 240);
    g_free(light.pixels);
    g_free(dark.pixels);
}

static void test_no_picture(void)
{
    g_autoptr(GError) error = NULL;
    struct gray gray;

    CU_ASSERT_FALSE(gray_read(&gray, "no PNG", 6, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "no picture: "));
}

static gboolean splits(const char *pattern, const char *role, const char *name)
{
    g_autofree char *its_role = NULL, *its_name = NULL;

    return accessible_split(pattern, &its_role, &its_name) && g_strcmp0(its_role, role) == 0 &&
           g_strcmp0(its_name, name) == 0;
}

static void test_accessible_pattern(void)
{
    CU_ASSERT_TRUE(splits("Save", "", "Save"));
    CU_ASSERT_TRUE(splits("button/Save as /tmp", "button", "Save as /tmp"));
    CU_ASSERT_TRUE(splits("push button/*", "push button", "*"));
    CU_ASSERT_TRUE(splits("check-box/", "check-box", ""));
    CU_ASSERT_TRUE(splits("/tmp", "", "/tmp"));
    CU_ASSERT_TRUE(splits("Files/Folders", "", "Files/Folders"));
    CU_ASSERT_FALSE(splits("", "", ""));
}

static void test_accessible_lines(void)
{
    g_autoptr(GPtrArray) found = accessible_read(
        "{\"app\": \"Hello\", \"role\": \"button\", \"name\": \"Press\\nme\", \"x\": 4, \"y\": 5, "
        "\"width\": 60, \"height\": 99999999999}\n"
        "noise\n[]\n{\"app\": 7, \"role\": \"button\", \"name\": \"x\"}\n"
        "{\"app\": \"a\", \"role\": \"label\"}\n"
        "{\"app\": \"a\", \"role\": \"label\", \"name\": \"b\", \"x\": \"1\"}\n");
    const struct accessible *first = found->pdata[0];

    CU_ASSERT_EQUAL_FATAL(found->len, 2);
    CU_ASSERT_STRING_EQUAL(first->app, "Hello");
    CU_ASSERT_STRING_EQUAL(first->role, "button");
    CU_ASSERT_STRING_EQUAL(first->name, "Press me");
    CU_ASSERT_TRUE(first->x == 4 && first->y == 5 && first->width == 60);
    CU_ASSERT_EQUAL(first->height, G_MAXINT);
    CU_ASSERT_EQUAL(((const struct accessible *)found->pdata[1])->x, 0);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"words form lines", test_lines},
        {"text in a line", test_find},
        {"letters", test_letters},
        {"text stands out", test_gray},
        {"no picture", test_no_picture},
        {"role and name", test_accessible_pattern},
        {"what apps tell", test_accessible_lines},
        CU_TEST_INFO_NULL,
    };

    return run_suite("text on the screen", tests);
}
