/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A persona's data stays with the system image that it was stored over (sdk/pack/kept_image.h). */
#include <CUnit/Basic.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "data_disk.h"
#include "kept_image.h"
#include "tool.h"
#include "pack_fixture.h"

#define SUPERBLOCK 1024
#define UUID       48
#define MIB        (1ull << 20)

static char *folder, *out;

/* An image of `letter`s: its UUID is 16 times that letter. */
static char *image(char letter)
{
    g_autofree char *name = g_strdup_printf("system-%c", letter);
    char *path = g_build_filename(folder, name, NULL);
    char bytes[4096] = {0};
    const guint32 magic = GUINT32_TO_LE(0xe0f5e1e2u);

    memcpy(bytes + SUPERBLOCK, &magic, sizeof(magic));
    memset(bytes + SUPERBLOCK + UUID, letter, 16);
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, bytes, sizeof(bytes), NULL));
    return path;
}

static void set_image(struct pack_vm *vm, char letter)
{
    g_free(vm->system);
    g_free(vm->kernel);
    vm->system = image(letter);
    vm->kernel = g_strconcat(vm->system, ".kernel", NULL);
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(vm->kernel, &letter, 1, NULL));
}

/* What the initrd does at the first start: the data disk names its image. */
static void bind(const char *name, const char *uuid)
{
    g_autofree char *disk = g_build_filename(out, name, "data.img", NULL);
    g_autofree char *note = g_build_filename(folder, "note", NULL);
    g_autofree char *text = g_strconcat(uuid, "\n", NULL);
    g_autofree char *command = g_strdup_printf("write %s image", note);
    const char *const argv[] = {"debugfs", "-w", "-R", command, disk, NULL};

    CU_ASSERT_TRUE_FATAL(g_file_set_contents(note, text, -1, NULL));
    CU_ASSERT_TRUE_FATAL(pack_tool_run(argv, 0, NULL));
}

static void begin(struct pack_handset *handset)
{
    g_autofree char *persona = NULL, *disk = NULL;
    gboolean grown;

    folder = g_dir_make_tmp("pack-kept-XXXXXX", NULL);
    out = g_build_filename(folder, "out", NULL);
    persona = g_build_filename(out, "work", NULL);
    disk = g_build_filename(persona, "data.img", NULL);
    CU_ASSERT_EQUAL_FATAL(g_mkdir_with_parents(persona, 0777), 0);
    CU_ASSERT_TRUE_FATAL(pack_data_disk_make(disk, 16 * MIB, &grown, NULL));
    memset(handset, 0, sizeof(*handset));
    handset->vms = 1;
    handset->vm[0].name = g_strdup("work");
    handset->vm[0].data_size = 16 * MIB;
    set_image(&handset->vm[0], 'a');
}

static void end(struct pack_handset *handset)
{
    const char *const rm[] = {"rm", "-r", folder, NULL};

    g_free(handset->vm[0].name);
    g_free(handset->vm[0].system);
    g_free(handset->vm[0].kernel);
    g_free(handset->vm[0].newer);
    CU_ASSERT_TRUE(pack_tool_run(rm, 0, NULL));
    g_clear_pointer(&folder, g_free);
    g_clear_pointer(&out, g_free);
}

#define UUID_A "61616161616161616161616161616161"
#define UUID_B "62626262626262626262626262626262"

static gboolean kept(const char *uuid, const char *part)
{
    g_autofree char *path = g_build_filename(out, "images", uuid, part, NULL);

    return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

static void test_uuid(void)
{
    struct pack_handset handset;
    g_autofree char *uuid = NULL, *none = NULL;

    begin(&handset);
    uuid = pack_image_uuid(handset.vm[0].system);
    CU_ASSERT_STRING_EQUAL(uuid, UUID_A);
    none = pack_image_uuid(handset.vm[0].kernel);
    CU_ASSERT_PTR_NULL(none);
    CU_ASSERT_PTR_NULL(pack_image_uuid("/nonexistent"));
    end(&handset);
}

/* A disk that names no image gets the new one. */
static void test_unbound(void)
{
    struct pack_handset handset;

    begin(&handset);
    CU_ASSERT_TRUE(pack_kept_image_store(&handset, out, NULL));
    CU_ASSERT_TRUE(pack_kept_image_store(&handset, out, NULL));
    CU_ASSERT_FALSE(kept(UUID_A, "system.new"));
    set_image(&handset.vm[0], 'b');
    CU_ASSERT_TRUE(pack_kept_image_use(&handset, out, NULL));
    CU_ASSERT_TRUE(g_str_has_suffix(handset.vm[0].system, "system-b"));
    CU_ASSERT_TRUE(pack_kept_image_store(&handset, out, NULL));
    CU_ASSERT_TRUE(kept(UUID_B, "system"));
    CU_ASSERT_FALSE(kept(UUID_A, "system"));
    end(&handset);
}

/* One that does keeps it, however often newer ones come. */
static void test_bound(void)
{
    struct pack_handset handset;

    begin(&handset);
    CU_ASSERT_TRUE(pack_kept_image_store(&handset, out, NULL));
    bind("work", UUID_A);
    for (char letter = 'b'; letter <= 'c'; letter++) {
        set_image(&handset.vm[0], letter);
        CU_ASSERT_TRUE(pack_kept_image_use(&handset, out, NULL));
        CU_ASSERT_TRUE(g_str_has_suffix(handset.vm[0].system, UUID_A "/system"));
        CU_ASSERT_TRUE(g_str_has_suffix(handset.vm[0].kernel, UUID_A "/kernel"));
        CU_ASSERT_TRUE(pack_kept_image_store(&handset, out, NULL));
        CU_ASSERT_TRUE(kept(UUID_A, "system"));
        CU_ASSERT_TRUE(kept(UUID_A, "kernel"));
    }
    end(&handset);
}

/* A handset that has the newer image in it, which its description names, keeps both. */
static void test_described(void)
{
    g_autofree char *newer = NULL, *system = NULL;
    struct pack_handset handset;

    begin(&handset);
    CU_ASSERT_TRUE(pack_kept_image_store(&handset, out, NULL));
    bind("work", UUID_A);
    newer = g_build_filename(out, "images", UUID_B, NULL);
    system = g_build_filename(newer, "system", NULL);
    CU_ASSERT_EQUAL_FATAL(g_mkdir(newer, 0777), 0);
    set_image(&handset.vm[0], 'b');
    CU_ASSERT_EQUAL_FATAL(g_rename(handset.vm[0].system, system), 0);
    g_free(handset.vm[0].system);
    handset.vm[0].system = g_strdup(system);
    CU_ASSERT_TRUE(pack_kept_image_use(&handset, out, NULL));
    CU_ASSERT_TRUE(pack_kept_image_store(&handset, out, NULL));
    CU_ASSERT_TRUE(kept(UUID_A, "system"));
    CU_ASSERT_TRUE(kept(UUID_B, "system"));
    end(&handset);
}

/* One whose persona is not in the description now keeps its image too. */
static void test_absent(void)
{
    struct pack_handset handset;

    begin(&handset);
    CU_ASSERT_TRUE(pack_kept_image_store(&handset, out, NULL));
    bind("work", UUID_A);
    handset.vms = 0;
    CU_ASSERT_TRUE(pack_kept_image_store(&handset, out, NULL));
    CU_ASSERT_TRUE(kept(UUID_A, "system"));
    end(&handset);
}

static void test_lost(void)
{
    struct pack_handset handset;
    GError *error = NULL;

    begin(&handset);
    bind("work", UUID_B);
    CU_ASSERT_FALSE(pack_kept_image_use(&handset, out, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(error->message, "work/data.img: belongs to the system image " UUID_B));
    g_clear_error(&error);
    end(&handset);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"UUID of an image", test_uuid},
        {"a new data disk", test_unbound},
        {"a data disk keeps its image", test_bound},
        {"and the one that its description names", test_described},
        {"so does one of no persona", test_absent},
        {"an image that is lost", test_lost},
        CU_TEST_INFO_NULL,
    };

    return fixture_run("pack: images that are kept", tests);
}
