/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Back to the factory (sdk/handset/reset.h), with and without snapshots. Real disks of 16 MiB. */
#include <string.h>

#include <glib/gstdio.h>

#include "sdk/handset/present.h"
#include "sdk/handset/reset.h"
#include "sdk/pack/data_disk.h"
#include "sdk/pack/tool.h"
#include "folder.h"
#include "suite.h"

#define SIZE (16u << 20)

static char *dir;

static void write_file(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(dir, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);

    CU_ASSERT_EQUAL_FATAL(g_mkdir_with_parents(folder, 0700), 0);
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, text, -1, NULL));
}

static gboolean exists(const char *name)
{
    g_autofree char *path = g_build_filename(dir, name, NULL);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* A file on a persona's disk, so that it can be told from a new one. */
static void use_disk(const char *name)
{
    g_autofree char *disk = g_build_filename(dir, name, "data.img", NULL);
    const char *const make[] = {"debugfs", "-w", "-R", "mkdir used", disk, NULL};

    CU_ASSERT_TRUE_FATAL(pack_tool_run(make, 0, NULL));
}

static gboolean is_used(const char *file)
{
    g_autofree char *disk = g_build_filename(dir, file, NULL);
    const char *const list[] = {"debugfs", "-R", "ls -p /", disk, NULL};
    g_autofree char *text = NULL;

    CU_ASSERT_TRUE_FATAL(pack_tool_output(list, &text));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "lost+found"));
    return strstr(text, "/used/") != NULL;
}

static void begin(void)
{
    static const char *const personas[] = {"personal", "work"};

    dir = g_dir_make_tmp("handset-reset-XXXXXX", NULL);
    write_file("handset.ini", "[handset]\nname=x\n[emmc]\n1=personal/data.img\n2=work/data.img\n"
                              "[vm 0]\nname=personal\nkind=persona\ndata-slot=1\n"
                              "[vm 1]\nname=work\nkind=persona\ndata-slot=2\n"
                              "[vm 2]\nname=none\nkind=persona\n");
    for (gsize i = 0; i < G_N_ELEMENTS(personas); i++) {
        g_autofree char *folder = g_build_filename(dir, personas[i], NULL);
        g_autofree char *disk = g_build_filename(folder, "data.img", NULL);
        gboolean grown;
        CU_ASSERT_EQUAL_FATAL(g_mkdir(folder, 0700), 0);
        CU_ASSERT_TRUE_FATAL(pack_data_disk_make(disk, SIZE, &grown, NULL));
        use_disk(personas[i]);
    }
}

static void end(void)
{
    remove_all(dir);
    g_clear_pointer(&dir, g_free);
}

static char *layer(guint slot, const char *vm, const char *below)
{
    g_autoptr(GError) error = NULL;
    char *name = present_new_layer(dir, vm, slot, below, &error);

    CU_ASSERT_PTR_NOT_NULL_FATAL(name);
    return name;
}

static void write_snapshot(const char *name, const char *one, const char *two)
{
    g_autofree char *path = g_strdup_printf("snapshots/%s/snapshot.json", name);
    g_autofree char *text =
        g_strdup_printf("{\"version\":1,\"disks\":{\"1\":\"%s\",\"2\":\"%s\"}}", one, two);

    write_file(path, text);
}

static gboolean has_layer(const char *name)
{
    g_autofree char *path = present_path(dir, name);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* The phone with layers over both disks, and snapshots with those names. */
static void take_snapshots(struct present *now, char **kept, const char *const *names)
{
    write_file("snapshots/disks/.folder", "");
    kept[0] = layer(1, "personal", NULL);
    kept[1] = layer(2, "work", NULL);
    for (; *names; names++) {
        write_snapshot(*names, kept[0], kept[1]);
    }
    *now = (struct present){.resume = g_strdup("quick")};
    now->layer[1] = layer(1, "personal", kept[0]);
    now->layer[2] = layer(2, "work", kept[1]);
    now->base[1] = g_strdup("base of one");
    CU_ASSERT_TRUE_FATAL(present_store(now, dir, NULL));
}

static void test_plain(void)
{
    begin();
    CU_ASSERT_TRUE(reset_persona(dir, "work", NULL));
    CU_ASSERT_FALSE(is_used("work/data.img"));
    CU_ASSERT_TRUE(is_used("personal/data.img"));
    CU_ASSERT_TRUE(reset_all(dir, TRUE, NULL)); /* there is no such snapshot */
    CU_ASSERT_FALSE(is_used("personal/data.img"));
    end();
}

static void test_wrong(void)
{
    g_autoptr(GError) unknown = NULL, without = NULL;

    begin();
    CU_ASSERT_FALSE(reset_persona(dir, "guest", &unknown));
    CU_ASSERT_PTR_NOT_NULL(strstr(unknown->message, "has no persona 'guest'"));
    CU_ASSERT_FALSE(reset_persona(dir, "none", &without));
    CU_ASSERT_PTR_NOT_NULL(strstr(without->message, "has no data disk"));
    CU_ASSERT_TRUE(is_used("work/data.img"));
    end();
}

/* The other persona, and what somebody has saved, stay as they are. */
static void test_persona_with_layers(void)
{
    static const char *const names[] = {"mine", "quick", "replaced", NULL};
    struct present before, after;
    char *kept[2];

    begin();
    take_snapshots(&before, kept, names);
    CU_ASSERT_TRUE(reset_persona(dir, "work", NULL));
    CU_ASSERT_TRUE_FATAL(present_load(&after, dir, NULL));
    CU_ASSERT_PTR_NULL(after.resume);
    CU_ASSERT_STRING_EQUAL(after.layer[1], before.layer[1]);
    CU_ASSERT_STRING_EQUAL(after.base[1], "base of one");
    CU_ASSERT_STRING_NOT_EQUAL(after.layer[2], before.layer[2]);
    CU_ASSERT_TRUE(has_layer(after.layer[2]));
    CU_ASSERT_FALSE(has_layer(before.layer[2]));
    CU_ASSERT_TRUE(has_layer(kept[0]) && has_layer(kept[1]));
    CU_ASSERT_TRUE(exists("snapshots/mine"));
    CU_ASSERT_FALSE(exists("snapshots/quick"));
    CU_ASSERT_FALSE(exists("snapshots/replaced"));
    CU_ASSERT_TRUE(is_used("work/data.img")); /* below what somebody has saved */
    present_free(&before);
    present_free(&after);
    g_free(kept[0]);
    g_free(kept[1]);
    end();
}

static void test_clean(void)
{
    static const char *const names[] = {"clean", "quick", NULL};
    struct present before, after;
    char *kept[2];

    begin();
    take_snapshots(&before, kept, names);
    CU_ASSERT_TRUE(reset_all(dir, TRUE, NULL));
    CU_ASSERT_TRUE_FATAL(present_load(&after, dir, NULL));
    CU_ASSERT_STRING_EQUAL(after.resume, "clean");
    CU_ASSERT_TRUE(has_layer(after.layer[1]) && has_layer(after.layer[2]));
    CU_ASSERT_FALSE(has_layer(before.layer[1]) || has_layer(before.layer[2]));
    CU_ASSERT_TRUE(has_layer(kept[0]) && has_layer(kept[1]));
    CU_ASSERT_FALSE(exists("snapshots/quick"));
    present_free(&before);
    present_free(&after);
    g_free(kept[0]);
    g_free(kept[1]);
    end();
}

/* Nothing that somebody keeps needs the images as they are: the layers go. */
static void test_all(void)
{
    static const char *const names[] = {"clean", "replaced", NULL};
    struct present before;
    char *kept[2];

    begin();
    take_snapshots(&before, kept, names);
    CU_ASSERT_TRUE(reset_all(dir, FALSE, NULL));
    CU_ASSERT_FALSE(exists("snapshots"));
    CU_ASSERT_FALSE(is_used("personal/data.img"));
    CU_ASSERT_FALSE(is_used("work/data.img"));
    present_free(&before);
    g_free(kept[0]);
    g_free(kept[1]);
    end();
}

/* present.json comes with a handset from elsewhere. */
static void test_hostile(void)
{
    struct present present;
    g_autoptr(GError) error = NULL;

    begin();
    write_file("snapshots/present.json", "{\"disks\":{\"1\":\"../../personal/data.img\"}}");
    CU_ASSERT_FALSE(present_load(&present, dir, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "names no layer"));
    present_free(&present);
    CU_ASSERT_FALSE(reset_persona(dir, "work", NULL));
    CU_ASSERT_TRUE(is_used("work/data.img"));
    end();
}

static const CU_TestInfo tests[] = {
    {"without snapshots", test_plain},
    {"personas that cannot be reset", test_wrong},
    {"one persona, over snapshots", test_persona_with_layers},
    {"all, to snapshot clean", test_clean},
    {"all, without clean", test_all},
    {"layers that are none", test_hostile},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    return run_suite("handset_reset", tests);
}
