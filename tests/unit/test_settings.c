/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The user's settings (sdk/cli/settings.h). */
#include "sdk/cli/settings.h"

#include <string.h>

#include "folder.h"
#include "suite.h"

static void write_settings(const char *text)
{
    g_autofree char *path = settings_path(), *folder = g_path_get_dirname(path);

    CU_ASSERT_EQUAL_FATAL(g_mkdir_with_parents(folder, 0700), 0);
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, text, -1, NULL));
}

static void test_none(void)
{
    struct settings settings;

    CU_ASSERT_TRUE(settings_read(&settings, NULL));
    CU_ASSERT_PTR_NULL(settings.handset);
    CU_ASSERT_PTR_NULL(settings.name);
    CU_ASSERT_PTR_NOT_NULL_FATAL(settings.run);
    CU_ASSERT_PTR_NULL(settings.run[0]);
    settings_clear(&settings);
}

static void test_all(void)
{
    struct settings settings;
    g_autofree char *run = NULL;

    write_settings("# mine\n[phone]\nhandset=small\nname=second\n[run]\nwindow=false\n"
                   "audio=none\nsave-at-end=true\nend-timeout=5\n");
    CU_ASSERT_TRUE_FATAL(settings_read(&settings, NULL));
    CU_ASSERT_STRING_EQUAL(settings.handset, "small");
    CU_ASSERT_STRING_EQUAL(settings.name, "second");
    run = g_strjoinv(" ", settings.run);
    CU_ASSERT_STRING_EQUAL(run, "--headless --audio none --save-at-end --end-timeout 5");
    settings_clear(&settings);
}

static void test_wrong(void)
{
    static const struct {
        const char *text, *part;
    } wrong[] = {
        {"[phone]\nname=a/b\n", "[phone] name: 'a/b' is not 1 to 32 letters"},
        {"[phone]\nhandset=\n", "[phone] handset: '' is not the name"},
        {"[run]\nwindow=maybe\n", "[run] window: 'maybe' is not true or false"},
        {"[run]\naudio=--try\n", "[run] audio: '--try' is not"},
        {"[run]\nend-timeout=601\n", "0 to 600 seconds"},
        {"[run]\nwidth=3\n", "[run] width: there is no such setting"},
        {"[other]\nname=x\n", "[other] name: there is no such setting"},
        {"name=x\n", "settings.ini: "},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        struct settings settings;
        g_autoptr(GError) error = NULL;
        write_settings(wrong[i].text);
        CU_ASSERT_FALSE(settings_read(&settings, &error));
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_PTR_NOT_NULL(strstr(error->message, wrong[i].part));
        CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "/phonebooth/settings.ini: "));
        CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
        settings_clear(&settings);
    }
}

static const CU_TestInfo tests[] = {
    {"no file", test_none},
    {"all settings", test_all},
    {"what is wrong is said", test_wrong},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    g_autofree char *top = g_dir_make_tmp("settings-XXXXXX", NULL);
    int code;

    g_setenv("XDG_CONFIG_HOME", top, TRUE);
    code = run_suite("settings", tests);
    remove_all(top);
    return code;
}
