/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Scenarios (sdk/scenario): what is read, what is refused, pictures, the report. No phone. */
#include "sdk/scenario/scenario.h"

#include <png.h>
#include <string.h>
#include <unistd.h>

#include "sdk/scenario/case.h"
#include "sdk/scenario/junit.h"
#include "sdk/scenario/picture.h"
#include "folder.h"
#include "suite.h"

static char *top;

static char *write_file(const char *name, const char *text)
{
    char *path = g_build_filename(top, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);

    CU_ASSERT_EQUAL_FATAL(g_mkdir_with_parents(folder, 0700), 0);
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, text, -1, NULL));
    return path;
}

static void test_good(void)
{
    g_autofree char *other = write_file("common/begin", "start --clean # as ever\ntimeout 5\n");
    g_autofree char *file =
        write_file("a.scenario", "# a case\n\ninclude common/begin\nset who work\n"
                                 "  wait ${who}  \nin ${who} 'echo \"$HOME\" a'\n"
                                 "retry screen ${folder}/x.png 1.5 0 0 10 10\ntap 3 4\n");
    g_autoptr(GPtrArray) steps = scenario_read(file, NULL);
    g_autofree char *picture = g_build_filename(top, "x.png", NULL);
    struct scenario_step *step;

    CU_ASSERT_PTR_NOT_NULL_FATAL(steps);
    CU_ASSERT_EQUAL_FATAL(steps->len, 6);
    step = steps->pdata[0];
    CU_ASSERT_STRING_EQUAL(step->file, other);
    CU_ASSERT_EQUAL(g_strv_length(step->words), 2);
    step = steps->pdata[3];
    CU_ASSERT_EQUAL(step->line, 6);
    CU_ASSERT_STRING_EQUAL(step->words[1], "work");
    CU_ASSERT_STRING_EQUAL(step->words[2], "echo \"$HOME\" a");
    step = steps->pdata[4];
    CU_ASSERT_STRING_EQUAL(step->words[2], picture);
}

static void test_wrong(void)
{
    static const struct {
        const char *text, *part;
    } wrong[] = {
        {"", ":1: has no step"},
        {"wait\n", ":1: the first step is 'start'"},
        {"start\nstart\n", ":2: start: only as the first step"},
        {"start\nretry start\n", ":2: start: only"},
        {"start\ntap 'x\n", ":2: "},
        {"start\ntap ${x}\n", ":2: no variable 'x'"},
        {"start\ntimeout 0\n", ":2: timeout: give seconds"},
        {"start\ntimeout x\n", ":2: timeout: give seconds"},
        {"start\nsleep 1e9\n", ":2: sleep: give seconds"},
        {"start\nin work\n", ":2: in: give a persona"},
        {"start\noutput '('\n", ":2: output: "},
        {"start\nretry log work '*'\n", ":2: log: "},
        {"start\nscreen a.png 101\n", ":2: screen: give"},
        {"start\nscreen a.png 1 2 3\n", ":2: screen: give"},
        {"start\nset x\n", ":2: set: give"},
        {"start\ninclude\n", ":2: include: give"},
        {"include wrong.scenario\n", "more than 8 files"},
        {"start\ninclude none\n", "No such file"},
        {"\xff\n", "no UTF-8"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *file = write_file("wrong.scenario", wrong[i].text);
        g_autoptr(GError) error = NULL;
        CU_ASSERT_PTR_NULL(scenario_read(file, &error));
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_PTR_NOT_NULL(strstr(error->message, wrong[i].part));
        if (!strstr(error->message, wrong[i].part)) {
            printf("'%s' is not in '%s'\n", wrong[i].part, error->message);
        }
        g_unlink(file);
    }
}

static void test_find(void)
{
    g_autofree char *one = write_file("find/b.scenario", "start\n");
    g_autofree char *two = write_file("find/a/z.scenario", "start\n");
    g_autofree char *other = write_file("find/notes", "");
    g_autofree char *folder = g_path_get_dirname(one), *loop = g_build_filename(folder, "x", NULL);
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) found = NULL, single = NULL;

    CU_ASSERT_EQUAL(symlink(folder, loop), 0);
    found = scenario_find(folder, NULL);
    CU_ASSERT_EQUAL_FATAL(g_strv_length(found), 2);
    CU_ASSERT_STRING_EQUAL(found[0], two);
    CU_ASSERT_STRING_EQUAL(found[1], one);
    single = scenario_find(other, NULL);
    CU_ASSERT_EQUAL(g_strv_length(single), 1);
    CU_ASSERT_PTR_NULL(scenario_find("/nonexistent", &error));
    CU_ASSERT_PTR_NOT_NULL(error);
}

/* 10 x 10 pixels, `different` of them another colour. */
static char *picture(const char *name, guint different, guint8 by)
{
    png_image png = {
        .version = PNG_IMAGE_VERSION, .width = 10, .height = 10, .format = PNG_FORMAT_RGB};
    guint8 rgb[300];
    char *path = g_build_filename(top, name, NULL);

    memset(rgb, 100, sizeof(rgb));
    for (guint i = 0; i < different; i++) {
        rgb[3 * i + 1] = (guint8)(100 + by);
    }
    CU_ASSERT_TRUE_FATAL(png_image_write_to_file(&png, path, 0, rgb, 0, NULL));
    return path;
}

static gboolean alike(const char *a, const char *b, double tolerance, const int *area)
{
    g_autofree char *why = picture_compare(a, b, tolerance, area);

    return why == NULL;
}

static void test_pictures(void)
{
    static const int all[4], last[4] = {0, 1, 10, 9}, outside[4] = {5, 0, 6, 1};
    g_autofree char *plain = picture("plain.png", 0, 0), *little = picture("little.png", 100, 16);
    g_autofree char *some = picture("some.png", 5, 17), *text = write_file("text.png", "text");

    CU_ASSERT_TRUE(alike(plain, plain, 0, all));
    CU_ASSERT_TRUE(alike(plain, little, 0, all));
    CU_ASSERT_FALSE(alike(plain, some, 4.9, all));
    CU_ASSERT_TRUE(alike(plain, some, 5, all));
    CU_ASSERT_TRUE(alike(plain, some, 0, last));
    CU_ASSERT_FALSE(alike(plain, plain, 100, outside));
    CU_ASSERT_FALSE(alike(plain, text, 100, all));
    CU_ASSERT_FALSE(alike("/nonexistent", plain, 100, all));
}

static void test_report(void)
{
    struct scenario_case good = {.file = "/a", .name = "good", .tries = 2, .seconds = 1.25};
    struct scenario_case bad = {.file = "/b", .name = "b<a>d", .why = "1 < 2 & \"\x01\"\n3"};
    g_autoptr(GPtrArray) cases = g_ptr_array_new();
    g_autofree char *file = g_build_filename(top, "report.xml", NULL), *text = NULL;

    g_ptr_array_add(cases, &good);
    g_ptr_array_add(cases, &bad);
    CU_ASSERT_TRUE_FATAL(junit_write(file, "suite", cases, NULL));
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(file, &text, NULL, NULL));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "tests=\"2\" failures=\"1\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "name=\"good\" time=\"1.2\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "passed at try 2"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "name=\"b&lt;a&gt;d\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "message=\"1 &lt; 2 &amp; &quot; &quot; 3\""));
    CU_ASSERT_FALSE(junit_write("/nonexistent/x", "suite", cases, NULL));
}

static const CU_TestInfo tests[] = {
    {"one as it should be", test_good},
    {"what is wrong is said before anything is done", test_wrong},
    {"scenarios are found", test_find},
    {"pictures are compared", test_pictures},
    {"the report is XML", test_report},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    int code;

    top = g_dir_make_tmp("scenario-XXXXXX", NULL);
    code = run_suite("scenario", tests);
    remove_all(top);
    g_free(top);
    return code;
}
