/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The exchange of a persona's data, from whatever step it was interrupted at (sdk/pack/upgrade.h).
 */
#include <CUnit/Basic.h>
#include <glib/gstdio.h>
#include <string.h>

#include "kept_image.h"
#include "layers.h"
#include "options.h"
#include "pack_fixture.h"
#include "tool.h"
#include "upgrade_commit.h"

static char *out;

static char *in_work(const char *file)
{
    return g_build_filename(out, "work", "upgrade", file, NULL);
}

static void put(const char *folder, const char *file, const char *text)
{
    g_autofree char *path = g_build_filename(out, folder, NULL);
    g_autofree char *whole = g_build_filename(path, file, NULL);

    CU_ASSERT_EQUAL_FATAL(g_mkdir_with_parents(path, 0777), 0);
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(whole, text, -1, NULL));
}

static gboolean holds(const char *folder, const char *file, const char *text)
{
    g_autofree char *whole = g_build_filename(out, folder, file, NULL);
    g_autofree char *found = NULL;

    g_file_get_contents(whole, &found, NULL, NULL);
    return g_strcmp0(found, text) == 0;
}

static void begin(void)
{
    out = g_dir_make_tmp("pack-upgrade-XXXXXX", NULL);
    put("work", PACK_DATA, "old");
    put("personal", PACK_DATA, "other");
    put("work/upgrade", "next.img", "new");
}

static void end(void)
{
    const char *const rm[] = {"rm", "-r", out, NULL};

    CU_ASSERT_TRUE(pack_tool_run(rm, 0, NULL));
    g_clear_pointer(&out, g_free);
}

/* Before the decision nothing happens. */
static void test_undecided(void)
{
    begin();
    CU_ASSERT_TRUE(pack_upgrade_go_on(out, NULL));
    CU_ASSERT_TRUE(holds("work", PACK_DATA, "old"));
    CU_ASSERT_TRUE(holds("work", PACK_DATA_BEFORE, NULL));
    end();
}

static void check_exchanged(void)
{
    g_autofree char *work = g_build_filename(out, "work", "upgrade", NULL);

    CU_ASSERT_TRUE(pack_upgrade_go_on(out, NULL));
    CU_ASSERT_TRUE(holds("work", PACK_DATA, "new"));
    CU_ASSERT_TRUE(holds("work", PACK_DATA_BEFORE, "old"));
    CU_ASSERT_TRUE(holds("personal", PACK_DATA, "other"));
    CU_ASSERT_FALSE(g_file_test(work, G_FILE_TEST_EXISTS));
    CU_ASSERT_TRUE(pack_upgrade_go_on(out, NULL));
    CU_ASSERT_TRUE(holds("work", PACK_DATA, "new"));
}

/* Interrupted after `steps` of its renames. */
static void test_interrupted(void)
{
    for (int steps = 0; steps <= 3; steps++) {
        g_autofree char *data = NULL, *before = NULL, *next = NULL, *old = NULL;

        begin();
        put("work/upgrade", "commit", "");
        data = g_build_filename(out, "work", PACK_DATA, NULL);
        before = g_build_filename(out, "work", PACK_DATA_BEFORE, NULL);
        next = in_work("next.img");
        old = in_work("old.img");
        CU_ASSERT_TRUE(steps < 1 || g_rename(data, old) == 0);
        CU_ASSERT_TRUE(steps < 2 || g_rename(next, data) == 0);
        CU_ASSERT_TRUE(steps < 3 || g_rename(old, before) == 0);
        check_exchanged();
        end();
    }
}

/* Disks with layers: what is kept, and what the others have, is what the phone saw. */
static void test_layers(void)
{
    for (int steps = 0; steps <= 2; steps++) {
        g_autofree char *flat = NULL, *before = NULL, *snapshots = NULL;

        begin();
        put("work/upgrade", "commit", "");
        put("work/upgrade/flat", "work.img", "old with layers");
        put("work/upgrade/flat", "personal.img", "other with layers");
        put("snapshots", "present.json", "{}");
        flat = in_work("flat/work.img");
        before = g_build_filename(out, "work", PACK_DATA_BEFORE, NULL);
        snapshots = g_build_filename(out, "snapshots", NULL);
        CU_ASSERT_TRUE(steps < 1 || g_rename(flat, before) == 0);
        CU_ASSERT_TRUE(steps < 2 ||
                       pack_tool_run((const char *const[]){"rm", "-r", snapshots, NULL}, 0, NULL));
        CU_ASSERT_TRUE(pack_upgrade_go_on(out, NULL));
        CU_ASSERT_TRUE(holds("work", PACK_DATA, "new"));
        CU_ASSERT_TRUE(holds("work", PACK_DATA_BEFORE, "old with layers"));
        CU_ASSERT_TRUE(holds("personal", PACK_DATA, "other with layers"));
        CU_ASSERT_FALSE(g_file_test(snapshots, G_FILE_TEST_EXISTS));
        end();
    }
}

/* What a phone has written since its first snapshot is in a file over the disk. */
static void write_layer(const char *name, const char *text)
{
    g_autofree char *disks = g_build_filename(out, "snapshots", "disks", NULL);
    g_autofree char *layer = g_build_filename(disks, name, NULL);
    g_autofree char *top = g_build_filename(out, "top", NULL);
    const char *const create[] = {
        "qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", "../../work/data.img",
        layer,      NULL};
    const char *const write[] = {"qemu-img", "convert", "-n", "-f",  "raw",
                                 "-O",       "qcow2",   top,  layer, NULL};

    CU_ASSERT_EQUAL_FATAL(g_mkdir_with_parents(disks, 0777), 0);
    CU_ASSERT_TRUE_FATAL(pack_tool_run(create, 0, NULL));
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(top, text, -1, NULL));
    CU_ASSERT_TRUE_FATAL(pack_tool_run(write, 0, NULL));
}

/* A guest made a qcow2 file of its disk, over one of the host's: its copy has these bytes. */
static void test_flatten_raw(void)
{
    g_autofree char *base = NULL, *top = NULL, *secret = NULL, *copy = NULL, *layer = NULL;
    g_autofree char *was = NULL, *is = NULL, *folder = NULL;
    gsize size, length;

    begin();
    folder = g_build_filename(out, "work", NULL);
    base = g_build_filename(folder, PACK_DATA, NULL);
    secret = g_build_filename(out, "secret", NULL);
    copy = g_build_filename(out, "copy", NULL);
    top = g_build_filename(out, "snapshots", "disks", NULL);
    layer = g_build_filename(top, "1-0123456789abcdef.qcow2", NULL);
    const char *const hide[] = {"qemu-img", "create", "-q",   "-f", "qcow2", "-F",
                                "raw",      "-b",     secret, base, NULL};
    const char *const over[] = {"qemu-img", "create", "-q", "-f",  "qcow2", "-F",
                                "raw",      "-b",     base, layer, NULL};
    put("work", PACK_DATA, "");
    put(".", "handset.ini", "[vm 1]\nname=work\ndata-slot=1\n");
    put(".", "secret", "a file of the host");
    CU_ASSERT_EQUAL_FATAL(g_mkdir_with_parents(top, 0777), 0);
    CU_ASSERT_TRUE_FATAL(pack_tool_run(hide, 0, NULL) && pack_tool_run(over, 0, NULL));
    put("snapshots", "present.json", "{\"disks\" : {\"1\" : \"1-0123456789abcdef.qcow2\"}}");
    CU_ASSERT_TRUE(pack_layers_copy(out, "work", copy, NULL));
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(base, &was, &size, NULL));
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(copy, &is, &length, NULL));
    CU_ASSERT_TRUE(size > 512 && length >= size && memcmp(is, was, size) == 0);
    end();
}

static void test_flatten(void)
{
    g_autofree char *below = g_strnfill(2048, 'o'), *above = g_strnfill(2048, 'n');
    g_autofree char *flat = NULL, *copy = NULL, *other = NULL;

    begin();
    flat = in_work("flat");
    copy = g_build_filename(out, "copy", NULL);
    other = g_build_filename(out, "other", NULL);
    put("work", PACK_DATA, below);
    put(".", "handset.ini", "[vm 1]\nname=work\ndata-slot=1\n[vm 2]\nname=personal\ndata-slot=2\n");
    CU_ASSERT_TRUE(pack_layers_flatten(out, flat, NULL));
    CU_ASSERT_FALSE(g_file_test(flat, G_FILE_TEST_EXISTS));
    write_layer("1-0123456789abcdef.qcow2", above);
    put("snapshots", "present.json", "{\"disks\" : {\"1\" : \"1-0123456789abcdef.qcow2\"}}");
    CU_ASSERT_TRUE(pack_layers_flatten(out, flat, NULL));
    CU_ASSERT_TRUE(holds("work/upgrade/flat", "work.img", above));
    CU_ASSERT_TRUE(holds("work/upgrade/flat", "personal.img", NULL));
    CU_ASSERT_TRUE(pack_layers_copy(out, "work", copy, NULL));
    CU_ASSERT_TRUE(holds(".", "copy", above));
    CU_ASSERT_TRUE(pack_layers_copy(out, "personal", other, NULL));
    CU_ASSERT_TRUE(holds(".", "other", "other"));
    CU_ASSERT_TRUE(holds("work", PACK_DATA, below));
    end();
}

static void test_snapshots_in_the_way(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) resumes = NULL;

    begin();
    CU_ASSERT_TRUE(pack_layers_check(out, NULL));
    put("snapshots", "present.json", "{\"resume\" : \"clean\"}");
    put("snapshots/clean", "snapshot.json", "{}");
    CU_ASSERT_TRUE(pack_layers_check(out, NULL));
    put("snapshots/mine", "snapshot.json", "{}");
    CU_ASSERT_FALSE(pack_layers_check(out, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "/snapshots/mine: this snapshot needs"));
    put("snapshots", "present.json", "{\"resume\" : \"quick\"}");
    CU_ASSERT_FALSE(pack_layers_check(out, &resumes));
    CU_ASSERT_PTR_NOT_NULL(strstr(resumes->message, "left while it ran"));
    end();
}

/* What a handset was packed from is found again, whatever folder one is in. */
static void test_options(void)
{
    char *images[] = {(char *)"images", (char *)"/more", NULL};
    struct pack_options options = {.handset = (char *)"a.ini", .images = images}, again;
    g_autofree char *here = g_canonicalize_filename("a.ini", NULL);
    g_autoptr(GError) error = NULL;

    begin();
    CU_ASSERT_FALSE(pack_options_read(&again, out, &error));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(error->message, "pack.ini, which says what the handset was packed from"));
    pack_options_finish(&again);
    options.out = out;
    CU_ASSERT_TRUE(pack_options_write(&options, NULL));
    CU_ASSERT_TRUE_FATAL(pack_options_read(&again, out, NULL));
    CU_ASSERT_STRING_EQUAL(again.handset, here);
    CU_ASSERT_STRING_EQUAL(again.images[1], "/more");
    CU_ASSERT_PTR_NULL(again.measure);
    pack_options_finish(&again);
    end();
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"undecided", test_undecided},
        {"interrupted", test_interrupted},
        {"layers", test_layers},
        {"a disk below layers stays raw", test_flatten_raw},
        {"layers are read", test_flatten},
        {"snapshots", test_snapshots_in_the_way},
        {"what it was packed from", test_options},
        CU_TEST_INFO_NULL,
    };

    return fixture_run("pack: the exchange of a persona's data", tests);
}
