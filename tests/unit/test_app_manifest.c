/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* app.ini: what it may say, and what a phone gets of it; an app's folder and archive. */
#include "sdk/app/manifest.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sdk/app/bundle.h"
#include "sdk/app/tar.h"
#include "suite.h"

#define GOOD \
    "[app]\nid=org.example.Notes\nname=Notes\nversion=1.0~rc-1\nentry=bin/notes\nicon=icon.svg\n"

static manifest *parse(const char *text, GError **error)
{
    return manifest_parse(text, strlen(text), "app.ini", error);
}

static void test_good(void)
{
    g_autoptr(manifest) manifest =
        parse(GOOD "permissions=storage;network;storage\n[build]\npackages=libgtk-4-dev\n", NULL);

    CU_ASSERT_PTR_NOT_NULL_FATAL(manifest);
    CU_ASSERT_STRING_EQUAL(manifest->id, "org.example.Notes");
    CU_ASSERT_STRING_EQUAL(manifest->packages[0], "libgtk-4-dev");
    g_autofree char *text = manifest_text(manifest);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "permissions=network;storage;\n"));
    CU_ASSERT_PTR_NULL(strstr(text, "build"));
    g_autofree char *entry = manifest_desktop_entry(manifest, "/icon.svg");
    CU_ASSERT_PTR_NOT_NULL(
        strstr(entry, "\nExec=systemctl start phonebooth-app@org.example.Notes.service\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(entry, "\nIcon=/icon.svg\n"));
}

static void refuses(const char *text, const char *why)
{
    g_autoptr(GError) error = NULL;

    CU_ASSERT_PTR_NULL(parse(text, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, why));
    CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
}

/* GOOD with another value of a key. */
static void refuses_value(const char *key, const char *value)
{
    g_autofree char *line = g_strdup_printf(GOOD "%s=%s\n", key, value); /* the last one holds */
    g_autofree char *why = g_strdup_printf("[app] %s", key);

    refuses(line, why);
}

static void test_values(void)
{
    static const char *const ids[] = {"",           "notes",  "org",       "org..Notes",
                                      ".org.Notes", "-org.x", "org.1x",    "org/x.y",
                                      "org.x y",    ":1.5",   "org.x;rm",  "org.x%n",
                                      "../org.x",   "org.ä",  "org.x\\n.y"};
    static const char *const entries[] = {"",   "/bin/sh", "../x",    "bin/../../x", "bin//x",
                                          "-x", "bin/.x",  "bin/x y", "bin/$x",      "x;y"};

    for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
        refuses_value("id", ids[i]);
    }
    for (guint i = 0; i < G_N_ELEMENTS(entries); i++) {
        refuses_value("entry", entries[i]);
    }
    refuses_value("name", "");
    refuses_value("name", "two\\nlines");
    refuses_value("name", "0123456789012345678901234567890123456789012345678901234567890");
    refuses_value("version", "1 0");
    refuses_value("icon", "icon.exe");
    refuses_value("icon", "../icon.svg");
    refuses_value("permissions", "network;root");
    refuses(GOOD "[build]\npackages=gtk;-o\n", "[build] packages");
}

static void test_shape(void)
{
    g_autofree char *long_id = g_strnfill(100, 'x');
    g_autofree char *too_long = g_strconcat("a.", long_id, NULL);
    g_autofree char *large = g_strnfill(70000, '#');

    refuses_value("id", too_long);
    refuses("", "[app] id is missing");
    refuses("[app]\nid=org.example.Notes\n", "[app] name is missing");
    refuses("no ini file", "is no ini file");
    refuses("\xff\xfe", "UTF-8");
    refuses(large, "64 KiB");
    refuses(GOOD "permission=network\n", "no key 'permission'");
    refuses(GOOD "[permissions]\nnetwork=true\n", "no group [permissions]");
}

static void put(const char *folder, const char *name, const char *text, int mode)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *above = g_path_get_dirname(path);

    g_mkdir_with_parents(above, 0755);
    CU_ASSERT(g_file_set_contents(path, text, -1, NULL));
    g_chmod(path, mode);
}

static void refuses_bundle(const char *path, const char *why)
{
    g_autoptr(GError) error = NULL;

    CU_ASSERT_PTR_NULL(bundle_open(path, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, why));
}

static void test_bundle(void)
{
    g_autofree char *folder = g_dir_make_tmp("bundle-XXXXXX", NULL);
    g_autofree char *archive = g_build_filename(folder, "notes.bapp", NULL);
    g_autofree char *nowhere = g_build_filename(folder, "nowhere", "notes.bapp", NULL);

    refuses_bundle(folder, "app.ini");
    put(folder, "app.ini", GOOD, 0644);
    refuses_bundle(folder, "program is missing");
    put(folder, "payload/bin/notes", "#!/bin/sh\n", 0644);
    refuses_bundle(folder, "not executable");
    put(folder, "payload/bin/notes", "#!/bin/sh\n", 0755);
    refuses_bundle(folder, "icon is missing");
    put(folder, "icon.svg", "<svg/>", 0644);
    put(folder, "src/secret", "not for others", 0644);

    g_autoptr(bundle) bundle = bundle_open(folder, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bundle);
    CU_ASSERT_FALSE(bundle_pack(bundle, nowhere, NULL, NULL));
    CU_ASSERT(bundle_pack(bundle, archive, NULL, NULL));
    bundle_free(g_steal_pointer(&bundle));

    bundle = bundle_open(archive, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bundle);
    g_autofree char *unpacked = g_strdup(bundle->folder);
    g_autofree char *secret = g_build_filename(unpacked, "src", NULL);
    CU_ASSERT_FALSE(g_file_test(secret, G_FILE_TEST_EXISTS));
    bundle_free(g_steal_pointer(&bundle));
    CU_ASSERT_FALSE(g_file_test(unpacked, G_FILE_TEST_EXISTS));
    refuses_bundle(nowhere, "No such file");
    refuses_bundle("/dev/zero", "/dev/zero/app.ini"); /* an archive with nothing in it */
    tar_remove(folder);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"a good one", test_good},           {"values", test_values}, {"shape", test_shape},
        {"folder and archive", test_bundle}, CU_TEST_INFO_NULL,
    };

    return run_suite("app_manifest", tests);
}
