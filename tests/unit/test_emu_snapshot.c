/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A handset's folder of snapshots: what is in it, what a start makes of it, what is kept. */
#include <glib/gstdio.h>
#include <string.h>

#include "folder.h"
#include "suite.h"
#include "snapshot/identity.h"
#include "snapshot/layer.h"
#include "snapshot/plan.h"
#include "snapshot/tidy.h"

static const char ini[] = "[handset]\nname=one\nboard=one\nkernel=hypervisor.elf\n"
                          "[load]\ntable.bin=0x40300000\n"
                          "[emmc]\n0=system.img\n1=data.img\n"
                          "[vm 0]\nname=personal\nkind=persona\n";
static char *folder;
static struct handset *handset;
static struct store store;

static void put(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);

    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, text, -1, NULL));
}

static gboolean there(const char *name)
{
    g_autofree char *path = g_build_filename(store.root, name, NULL);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* A handset as pack makes one, without snapshots. */
static void fresh(void)
{
    remove_all(store.root);
    put("hypervisor.elf", "elf");
    put("table.bin", "table");
    put("system.img", "system");
    put("data.img", "data of the phone");
}

static struct identity *new_identity(void)
{
    g_autofree char *cache = g_build_filename(folder, "identity.json", NULL);

    return identity_new(handset, cache);
}

/* A snapshot of the phone as it is, as the emulator makes it; `state` false: disks only. */
static void save(struct present *present, const char *name, bool state)
{
    struct identity *identity = new_identity();
    g_autoptr(snapshot_header) header = g_new0(struct snapshot_header, 1);
    g_autofree char *dir = store_begin(&store, NULL);
    g_autofree char *path = g_build_filename(dir, STORE_HEADER, NULL);

    header->time = g_strdup("2026-01-01T00:00:00Z");
    header->board = g_strdup("one");
    header->memory_mib = handset->memory_mib;
    header->layer[1] = g_strdup(present->layer[1]);
    header->images = state ? identity_read(identity, NULL) : NULL;
    header->phone = state ? json_object_new() : NULL;
    CU_ASSERT_TRUE_FATAL(present_advance(present, &store, handset, NULL, NULL));
    CU_ASSERT_TRUE_FATAL(header_write(header, path, NULL));
    CU_ASSERT_TRUE_FATAL(store_commit(&store, dir, name, NULL));
    identity_free(identity);
}

/* The plan for `options`; *said: why there is none. */
static bool make_plan(struct plan *plan, struct present *present, struct plan_options options,
                      char **said)
{
    struct identity *identity = new_identity();
    GError *error = NULL;
    bool done = plan_make(plan, &options, &store, handset, identity, present, &error);

    if (said) {
        *said = error ? g_strdup(error->message) : NULL;
    }
    CU_ASSERT_EQUAL(done, error == NULL);
    g_clear_error(&error);
    identity_free(identity);
    return done;
}

static void names_are_words(void)
{
    CU_ASSERT_TRUE(store_is_name("before-update_2.1"));
    CU_ASSERT_FALSE(store_is_name(""));
    CU_ASSERT_FALSE(store_is_name(".new-1"));
    CU_ASSERT_FALSE(store_is_name("-x"));
    CU_ASSERT_FALSE(store_is_name("a/b"));
    CU_ASSERT_FALSE(store_is_name("disks"));
    CU_ASSERT_FALSE(store_is_name("present.json"));
    CU_ASSERT_FALSE(store_is_name("identity.json"));
    CU_ASSERT_FALSE(store_is_name("1234567890123456789012345678901234567890123456789"));
    CU_ASSERT_TRUE(header_is_layer("1-0123456789abcdef.qcow2", 1));
    CU_ASSERT_FALSE(header_is_layer("1-0123456789abcdef.qcow2", 2));
    CU_ASSERT_FALSE(header_is_layer("1-0123456789abcde/.qcow2", 1));
    CU_ASSERT_FALSE(header_is_layer("1", 1));
}

static void layers_know_what_is_below(void)
{
    g_autofree char *path = g_build_filename(folder, "layer.qcow2", NULL);
    uint64_t size = 0;

    CU_ASSERT_TRUE_FATAL(layer_create(path, "../data.img", 512ull << 20, NULL));
    g_autofree char *below = layer_below(path, NULL);
    CU_ASSERT_STRING_EQUAL(below, "../data.img");
    CU_ASSERT_TRUE(layer_disk_size(path, &size, NULL));
    CU_ASSERT_EQUAL(size, 512ull << 20);
    put("layer.qcow2", "no layer");
    g_autoptr(GError) error = NULL;
    CU_ASSERT_PTR_NULL(layer_below(path, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "is no layer"));
    g_unlink(path);
}

static void chain_refused(const char *path, const char *part)
{
    g_autoptr(GError) error = NULL;

    CU_ASSERT_FALSE(layer_check_chain(path, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, part));
}

/* What a disk consists of is what the host says; a guest cannot have it read other files. */
static void layers_say_formats(void)
{
    g_autofree char *path = g_build_filename(folder, "layer.qcow2", NULL);
    g_autofree char *image = g_build_filename(folder, "user.qcow2", NULL);
    g_autofree char *raw = g_build_filename(folder, "raw.img", NULL);
    g_autoptr(GError) error = NULL;
    gsize size;

    /* A raw disk in which a guest wrote a qcow2 header over a file of the host. */
    CU_ASSERT_TRUE_FATAL(layer_create(raw, "/etc/hostname", 512, NULL));
    CU_ASSERT_TRUE(layer_check_image(raw, NULL));
    CU_ASSERT_TRUE_FATAL(layer_create(path, raw, 512, NULL));
    CU_ASSERT_TRUE(layer_check_chain(path, NULL));
    CU_ASSERT_TRUE(layer_check_chain(raw, NULL));

    /* The same as an image that its user calls qcow2. */
    CU_ASSERT_TRUE_FATAL(layer_create(image, "/etc/hostname", 512, NULL));
    CU_ASSERT_FALSE(layer_check_image(image, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "is only a part of a disk"));
    CU_ASSERT_TRUE_FATAL(layer_create(path, image, 512, NULL));
    chain_refused(path, "is only a part of a disk");

    CU_ASSERT_TRUE_FATAL(layer_create(path, "layer.qcow2", 512, NULL));
    chain_refused(path, "lies over itself");

    /* A layer of a version that looked into the disk below it for its format. */
    CU_ASSERT_TRUE_FATAL(layer_create(path, "../x.qcow2", 512, NULL));
    g_autofree char *bytes = NULL;
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &bytes, &size, NULL));
    CU_ASSERT_EQUAL_FATAL(memcmp(bytes + 128, "../x.qcow2", 10), 0);
    memcpy(bytes + 128, "../xyz.img", 10);
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, bytes, (gssize)size, NULL));
    chain_refused(path, "does not say that what it lies over is raw");
    g_unlink(path);
    g_unlink(image);
    g_unlink(raw);
}

/* qemu-img, if it is there, finds nothing wrong with a layer of any size. */
static void layers_are_qcow2(void)
{
    g_autofree char *program = g_find_program_in_path("qemu-img");
    g_autofree char *path = g_build_filename(folder, "layer.qcow2", NULL);

    put("below", "a sector");
    for (unsigned shift = 9; program && shift <= 40; shift += 10) {
        const char *words[] = {program, "check", "-q", "-f", "qcow2", path, NULL};
        int status = -1;
        CU_ASSERT_TRUE_FATAL(layer_create(path, "below", 1ull << shift, NULL));
        CU_ASSERT_TRUE(g_spawn_sync(NULL, (char **)words, NULL,
                                    G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                                    NULL, NULL, NULL, &status, NULL));
        CU_ASSERT_EQUAL(status, 0);
    }
    g_unlink(path);
}

static void starts_without_snapshots(void)
{
    struct present present;
    struct plan plan;
    char *said;

    fresh();
    CU_ASSERT_TRUE(make_plan(&plan, &present, (struct plan_options){0}, NULL));
    CU_ASSERT_FALSE(plan.load || plan.takes_disks);
    CU_ASSERT_FALSE(make_plan(&plan, &present, (struct plan_options){.require = true}, &said));
    g_free(said);
    CU_ASSERT_FALSE(make_plan(&plan, &present, (struct plan_options){.snapshot = "x"}, &said));
    CU_ASSERT_PTR_NOT_NULL(strstr(said, "there is no snapshot 'x'"));
    g_free(said);
    plan_clear(&plan);
    CU_ASSERT_FALSE(there(""));
}

static void takes_a_snapshot_s_disks(void)
{
    struct present present = {0};
    struct handset running = {.emmc = {NULL, NULL}};
    struct plan plan;

    fresh();
    save(&present, "a", true);
    g_autofree char *then = g_strdup(present.layer[1]);
    present_clear(&present);
    CU_ASSERT_TRUE_FATAL(make_plan(&plan, &present, (struct plan_options){.snapshot = "a"}, NULL));
    CU_ASSERT_TRUE(plan.load && plan.takes_disks);
    plan_name_disks(&plan, &store, handset, &present, &running);
    CU_ASSERT_STRING_EQUAL(running.emmc[1], handset->emmc[1]); /* a trial writes over that */
    CU_ASSERT_TRUE(plan_take_disks(&plan, &store, handset, &present, NULL));
    CU_ASSERT_STRING_NOT_EQUAL(present.layer[1], then);
    plan_clear(&plan);

    /* What the phone had is not lost. */
    tidy(&store, &present);
    g_autofree char *kept = g_build_filename("disks", then, NULL);
    CU_ASSERT_TRUE(there(kept));
    present_clear(&present);
    CU_ASSERT_TRUE(make_plan(&plan, &present,
                             (struct plan_options){.snapshot = PLAN_REPLACED, .cold = true}, NULL));
    CU_ASSERT_STRING_EQUAL(plan.header->layer[1], then);
    CU_ASSERT_FALSE(plan.load);
    plan_clear(&plan);
    CU_ASSERT_TRUE(store_delete(&store, PLAN_REPLACED, NULL));
    tidy(&store, &present);
    CU_ASSERT_FALSE(there(kept));
    present_clear(&present);
    g_free(running.emmc[0]);
    g_free(running.emmc[1]);
}

static void boots_when_an_image_changed(void)
{
    struct present present = {0};
    struct plan plan;
    char *said;

    fresh();
    save(&present, "a", true);
    put("system.img", "another system");
    present_clear(&present);
    CU_ASSERT_TRUE(make_plan(&plan, &present, (struct plan_options){.snapshot = "a"}, NULL));
    CU_ASSERT_FALSE(plan.load || plan.takes_disks);
    plan_clear(&plan);
    present_clear(&present);
    CU_ASSERT_FALSE(
        make_plan(&plan, &present, (struct plan_options){.snapshot = "a", .require = true}, &said));
    CU_ASSERT_PTR_NOT_NULL(strstr(said, "system.img is another one now"));
    g_free(said);
    plan_clear(&plan);
    present_clear(&present);
}

static void refuses_a_changed_base(void)
{
    struct present present = {0};
    struct plan plan;
    char *said;

    fresh();
    save(&present, "a", true);
    put("data.img", "somebody wrote to it");
    present_clear(&present);
    CU_ASSERT_FALSE(make_plan(&plan, &present, (struct plan_options){.cold = true}, &said));
    CU_ASSERT_PTR_NOT_NULL(strstr(said, "data.img is not what it was"));
    g_free(said);
    plan_clear(&plan);
    present_clear(&present);
}

static void goes_on_where_it_was_left(void)
{
    struct present present = {0};
    struct plan plan;

    fresh();
    save(&present, "quick", true);
    present.resume = g_strdup("quick");
    CU_ASSERT_TRUE(present_write(&present, &store, NULL));
    present_clear(&present);
    CU_ASSERT_TRUE(make_plan(&plan, &present, (struct plan_options){0}, NULL));
    CU_ASSERT_TRUE(plan.load && !plan.takes_disks);
    plan_clear(&plan);
    present_clear(&present);
    CU_ASSERT_TRUE(make_plan(&plan, &present, (struct plan_options){.cold = true}, NULL));
    CU_ASSERT_FALSE(plan.load);
    plan_clear(&plan);
    present_clear(&present);

    /* Its header is damaged: the phone boots. */
    put("snapshots/quick/snapshot.json", "{\"version\":1,");
    CU_ASSERT_TRUE(make_plan(&plan, &present, (struct plan_options){0}, NULL));
    CU_ASSERT_FALSE(plan.load);
    plan_clear(&plan);
    present_clear(&present);
}

static void refuses_headers_that_are_none(void)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{}",
        "{\"version\":2,\"disks\":{}}",
        "{\"version\":1}",
        "{\"version\":1,\"disks\":[]}",
        "{\"version\":1,\"disks\":{\"1\":7}}",
        "{\"version\":1,\"disks\":{\"1\":\"../../../etc/shadow\"}}",
        "{\"version\":1,\"disks\":{\"1\":\"2-0123456789abcdef.qcow2\"}}",
        "{\"version\":1,\"disks\":{},\"phone\":{}}",
        "{\"version\":\"1\",\"disks\":{}}",
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        struct snapshot_header *header = header_parse("x", wrong[i], -1, &error);
        CU_ASSERT_PTR_NULL(header);
        CU_ASSERT_PTR_NOT_NULL(error);
        header_free(header);
    }
    struct snapshot_header *least = header_parse("x", "{\"version\":1,\"disks\":{}}", -1, NULL);
    CU_ASSERT_PTR_NOT_NULL(least);
    header_free(least);
}

static void replaces_whole_or_not_at_all(void)
{
    struct present present = {0};

    fresh();
    save(&present, "a", true);
    save(&present, "b", false);
    g_auto(GStrv) names = store_list(&store);
    CU_ASSERT_STRING_EQUAL(names[0], "a");
    CU_ASSERT_STRING_EQUAL(names[1], "b");
    CU_ASSERT_PTR_NULL(names[2]);

    /* One that is being made and is never finished */
    g_autofree char *dir = store_begin(&store, NULL);
    g_autofree char *path = g_build_filename(dir, STORE_HEADER, NULL);
    CU_ASSERT_TRUE(g_file_set_contents(path, "half", -1, NULL));
    g_auto(GStrv) same = store_list(&store);
    CU_ASSERT_EQUAL(g_strv_length(same), 2);
    tidy(&store, &present);
    CU_ASSERT_FALSE(g_file_test(dir, G_FILE_TEST_EXISTS));
    save(&present, "a", false);
    g_autofree char *a = store_path(&store, "a", STORE_HEADER);
    struct snapshot_header *header = header_read(a, NULL);
    CU_ASSERT_PTR_NULL(header->phone);
    header_free(header);
    present_clear(&present);
}

/* A layer that cannot be read hides what is below it: nothing is removed then. */
static void tidies_with_care(void)
{
    struct present present = {0};

    fresh();
    save(&present, "a", true);
    g_autofree char *first = g_build_filename("disks", present.layer[1], NULL);
    save(&present, "b", true);
    save(&present, "c", true);
    CU_ASSERT_TRUE(store_delete(&store, "b", NULL));
    tidy(&store, &present);
    CU_ASSERT_TRUE(there(first)); /* c lies over it */
    g_autofree char *damaged = g_build_filename("snapshots", "disks", present.layer[1], NULL);
    put(damaged, "damaged");
    CU_ASSERT_TRUE(store_delete(&store, "c", NULL));
    tidy(&store, &present);
    CU_ASSERT_TRUE(there(first));
    present_clear(&present);
}

static void hashes_a_file_once(void)
{
    struct identity *identity;
    g_autoptr(GError) error = NULL;

    fresh();
    identity = new_identity();
    g_autoptr(JsonObject) first = identity_read(identity, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(first);
    CU_ASSERT_EQUAL(json_object_get_size(first), 4);
    CU_ASSERT_STRING_EQUAL(json_object_get_string_member(first, "system.img"),
                           "bbc5e661e106c6dcd8dc6dd186454c2fcba3c710fb4d8e71a60c93eaf077f073");
    put("system.img", "meanwhile");
    CU_ASSERT_PTR_NULL(identity_read(identity, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "changed since this phone started"));
    identity_free(identity);
    put("identity.json", "{\"system.img\":[], \"table.bin\":3}"); /* no such cache */
    identity = new_identity();
    g_autoptr(JsonObject) second = identity_read(identity, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(second);
    CU_ASSERT_STRING_NOT_EQUAL(json_object_get_string_member(first, "system.img"),
                               json_object_get_string_member(second, "system.img"));
    identity_free(identity);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"names are words", names_are_words},
        {"layers know what is below", layers_know_what_is_below},
        {"layers are qcow2", layers_are_qcow2},
        {"layers say formats", layers_say_formats},
        {"starts without snapshots", starts_without_snapshots},
        {"takes a snapshot's disks", takes_a_snapshot_s_disks},
        {"boots when an image changed", boots_when_an_image_changed},
        {"refuses a changed base", refuses_a_changed_base},
        {"goes on where it was left", goes_on_where_it_was_left},
        {"refuses headers that are none", refuses_headers_that_are_none},
        {"replaces whole or not at all", replaces_whole_or_not_at_all},
        {"tidies with care", tidies_with_care},
        {"hashes a file once", hashes_a_file_once},
        CU_TEST_INFO_NULL,
    };
    int status;

    folder = g_dir_make_tmp("emu-snapshot-XXXXXX", NULL);
    handset = handset_parse(folder, ini, sizeof(ini) - 1, NULL);
    store_init(&store, folder);
    status = run_suite("snapshots of a handset", tests);
    remove_all(folder);
    handset_free(handset);
    store_clear(&store);
    g_free(folder);
    return status;
}
