/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A snapshot as one file: what is exported can be imported elsewhere, what is made to deceive
 * cannot. */
#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>

#include "folder.h"
#include "suite.h"
#include "snapshot/bundle.h"
#include "snapshot/header.h"
#include "snapshot/layer.h"
#include "snapshot/present.h"
#include "snapshot/tidy.h"

static const char ini[] = "[handset]\nname=one\nboard=one\nkernel=hypervisor.elf\n"
                          "[emmc]\n0=system.img\n1=data.img\n"
                          "[vm 0]\nname=personal\nkind=persona\n";
#define BASE  "what was on the phone"
#define LAYER "1-0123456789abcdef.qcow2"

static char *top, *file;

/* A handset in a folder of its own. */
struct place {
    char *folder;
    struct handset *handset;
    struct store store;
};

static struct place here, there;

static void put(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);

    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void make_place(struct place *place, const char *name)
{
    place->folder = g_build_filename(top, name, NULL);
    g_mkdir(place->folder, 0700);
    put(place->folder, "system.img", "system");
    put(place->folder, "data.img", BASE);
    place->handset = handset_parse(place->folder, ini, sizeof(ini) - 1, NULL);
    g_assert_nonnull(place->handset);
    store_init(&place->store, place->folder);
}

static void leave_place(struct place *place)
{
    handset_free(place->handset);
    store_clear(&place->store);
    g_free(place->folder);
}

/* Two snapshots, one over the other; the second has a sparse state. */
static void save_two(struct present *present)
{
    for (unsigned i = 0; i < 2; i++) {
        g_autoptr(snapshot_header) header = g_new0(struct snapshot_header, 1);
        g_autofree char *dir = store_begin(&here.store, NULL);
        g_autofree char *path = g_build_filename(dir, STORE_HEADER, NULL);
        g_autofree char *state = g_build_filename(dir, STORE_STATE, NULL);
        header->time = g_strdup("then");
        header->board = g_strdup("one");
        header->memory_mib = here.handset->memory_mib;
        header->layer[1] = g_strdup(present->layer[1]);
        header->images = json_object_new();
        header->phone = json_object_new();
        put(dir, STORE_STATE, "state");
        FILE *sparse = fopen(state, "r+");
        fseek(sparse, 40 << 20, SEEK_SET);
        fputs("and its end", sparse);
        fclose(sparse);
        CU_ASSERT_TRUE_FATAL(present_advance(present, &here.store, here.handset, NULL, NULL));
        CU_ASSERT_TRUE_FATAL(header_write(header, path, NULL));
        CU_ASSERT_TRUE_FATAL(store_commit(&here.store, dir, i ? "second" : "first", NULL));
    }
}

static char *read_file(const char *folder, const char *name, gsize *size)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *text = NULL;

    CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &text, size, NULL));
    return text;
}

/* The disk of a snapshot that came lies over what came with it, not over this phone's. */
static void expect_base(const struct store *store, const char *name)
{
    g_autofree char *path = store_path(store, name, STORE_HEADER);
    g_autoptr(snapshot_header) header = header_read(path, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(header);
    g_autofree char *layer = g_build_filename(store->disks, header->layer[1], NULL);
    g_autofree char *below = layer_below(layer, NULL);
    gsize size;

    CU_ASSERT_TRUE_FATAL(below && g_str_has_suffix(below, HEADER_RAW));
    g_autofree char *base = read_file(store->disks, below, &size);
    CU_ASSERT_STRING_EQUAL(base, BASE);
}

static void comes_whole(void)
{
    struct present present = {0}, none = {0};
    gsize size;

    save_two(&present);
    CU_ASSERT_TRUE(bundle_export(&here.store, here.handset, "second", file, NULL));
    put(there.folder, "data.img", "another phone's data ");
    GError *error = NULL;
    bool came = bundle_import(&there.store, there.handset, "came", file, &error);
    if (error) {
        printf("%s\n", error->message);
    }
    CU_ASSERT_TRUE_FATAL(came);

    g_autofree char *path = store_path(&there.store, "came", STORE_HEADER);
    g_autofree char *folder = store_path(&there.store, "came", NULL);
    g_autoptr(snapshot_header) header = header_read(path, NULL);
    g_autofree char *state = read_file(folder, STORE_STATE, &size);
    CU_ASSERT_EQUAL(size, (40u << 20) + 11);
    CU_ASSERT_STRING_EQUAL(state, "state");
    CU_ASSERT_STRING_EQUAL(state + (40 << 20), "and its end");
    CU_ASSERT_TRUE(store_size(&there.store, "came") < 1 << 20);

    expect_base(&there.store, "came");
    g_autofree char *layer = g_build_filename(there.store.disks, header->layer[1], NULL);
    tidy(&there.store, &none);
    CU_ASSERT_TRUE(g_file_test(layer, G_FILE_TEST_EXISTS));

    /* And it can be exported from there. */
    CU_ASSERT_TRUE_FATAL(bundle_export(&there.store, there.handset, "came", file, NULL));
    CU_ASSERT_TRUE_FATAL(bundle_import(&there.store, there.handset, "again", file, NULL));
    expect_base(&there.store, "again");
    CU_ASSERT_TRUE(store_delete(&there.store, "again", NULL));

    CU_ASSERT_TRUE(store_delete(&there.store, "came", NULL));
    tidy(&there.store, &none);
    CU_ASSERT_FALSE(g_file_test(layer, G_FILE_TEST_EXISTS));
    present_clear(&present);
}

struct item {
    const char *name, *content;
    gint64 size; /* that it says; 0: what it has */
    const char *link;
};

static void write_items(const struct item *items)
{
    struct archive *archive = archive_write_new();

    archive_write_set_format_pax(archive);
    archive_write_add_filter_zstd(archive);
    CU_ASSERT_EQUAL_FATAL(archive_write_open_filename(archive, file), ARCHIVE_OK);
    for (; items->name; items++) {
        struct archive_entry *entry = archive_entry_new();
        gsize length = items->content ? strlen(items->content) : 0;
        archive_entry_set_pathname(entry, items->name);
        archive_entry_set_filetype(entry, items->link ? AE_IFLNK : AE_IFREG);
        archive_entry_set_perm(entry, 0600);
        archive_entry_set_size(entry, items->size ? items->size : (gint64)length);
        if (items->link) {
            archive_entry_set_symlink(entry, items->link);
        }
        archive_write_header(archive, entry);
        archive_write_data(archive, items->content, length);
        archive_entry_free(entry);
    }
    archive_write_free(archive);
}

/* The import fails and says why; nothing of it stays. */
static void refused(const char *part)
{
    g_autoptr(GError) error = NULL;
    struct present none = {0};
    guint left = 0;

    CU_ASSERT_FALSE(bundle_import(&there.store, there.handset, "bad", file, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    if (!strstr(error->message, part)) {
        printf("said: %s\nwanted: %s\n", error->message, part);
    }
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, part));
    CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
    g_auto(GStrv) names = store_list(&there.store);
    CU_ASSERT_PTR_NULL(names[0]);
    for (const char *folder = there.store.root; folder;
         folder = folder == there.store.root ? there.store.disks : NULL) {
        g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
        while (dir && g_dir_read_name(dir)) {
            left++;
        }
    }
    CU_ASSERT_EQUAL(left, 1); /* the folder of the disks */
    tidy(&there.store, &none);
}

#define HEADER(layer) "{\"version\":1,\"disks\":{\"1\":\"" layer "\"},\"images\":{},\"phone\":{}}"

static void deceives(void)
{
    static const struct {
        struct item items[6];
        const char *why;
    } bad[] = {
        {{{0}}, "it has no snapshot.json"},
        {{{"../evil", "x", 0, NULL}}, "'../evil' is no file"},
        {{{"/etc/evil", "x", 0, NULL}}, "is no file"},
        {{{"disks/" LAYER, "x", 0, NULL}}, "is no file"},
        {{{"0-base", "x", 0, NULL}}, "is no file"},
        {{{"state", NULL, 0, "/etc/shadow"}}, "is no file"},
        {{{"1-base", "x", 70ll << 20, NULL}}, "bytes, at most"},
        {{{"state", "x", 0, NULL}, {"state", "y", 0, NULL}}, "there twice"},
        {{{"snapshot.json", "[]", 0, NULL}}, "no JSON object"},
        {{{"snapshot.json", HEADER(LAYER), 0, NULL}}, "it has no state"},
        {{{"snapshot.json", HEADER(LAYER), 0, NULL}, {"state", "x", 0, NULL}}, LAYER " is missing"},
        {{{"snapshot.json", HEADER("../../x"), 0, NULL}, {"state", "x", 0, NULL}}, "its disks are"},
        {{{"snapshot.json", HEADER(LAYER), 0, NULL},
          {"state", "x", 0, NULL},
          {LAYER, "x", 0, NULL}},
         "is no layer"},
        {{{"snapshot.json", "{\"version\":1,\"disks\":{}}", 0, NULL}}, "1-base is missing"},
        {{{"snapshot.json", "{\"version\":1,\"disks\":{}}", 0, NULL},
          {"1-base", "b", 0, NULL},
          {LAYER, "x", 0, NULL}},
         LAYER " is below no disk"},
        {{{"1-0123456789abcdef.raw", "x", 0, NULL}}, "is no file"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
        write_items(bad[i].items);
        refused(bad[i].why);
    }
    CU_ASSERT_TRUE(g_file_set_contents(file, "no archive", -1, NULL));
    refused("not a snapshot");
}

/* Any part of a good file. */
static void is_cut(void)
{
    struct present present = {0};
    g_autofree char *whole = NULL;
    gsize size;

    CU_ASSERT_TRUE(present_read(&present, &here.store, NULL));
    CU_ASSERT_TRUE(bundle_export(&here.store, here.handset, "second", file, NULL));
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(file, &whole, &size, NULL));
    for (gsize length = 1; length + 8 < size; length += size / 50 + 1) {
        g_autoptr(GError) error = NULL;
        CU_ASSERT_TRUE(g_file_set_contents(file, whole, (gssize)length, NULL));
        CU_ASSERT_FALSE(bundle_import(&there.store, there.handset, "bad", file, &error));
        CU_ASSERT_PTR_NOT_NULL(error);
    }
    present_clear(&present);
}

/* A bundle with one layer over an image that looks like a qcow2 file. */
static void bundle_layer(const char *bytes, gsize size)
{
    const struct {
        const char *name, *content;
        gsize size;
    } items[] = {{"snapshot.json", HEADER(LAYER), strlen(HEADER(LAYER))},
                 {"state", "x", 1},
                 {LAYER, bytes, size},
                 {"1-base", "QFI\xfb", 4}};
    struct archive *archive = archive_write_new();

    archive_write_set_format_pax(archive);
    archive_write_open_filename(archive, file);
    for (unsigned n = 0; n < G_N_ELEMENTS(items); n++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, items[n].name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, (gint64)items[n].size);
        archive_write_header(archive, entry);
        archive_write_data(archive, items[n].content, items[n].size);
        archive_entry_free(entry);
    }
    archive_write_free(archive);
}

/* A layer that leaves it to QEMU to guess what is below it, or says that it is no raw image. */
static void says_another_format(void)
{
    static const char kind[] = {(char)0xe2, 0x79, 0x2a, (char)0xca, 0, 0, 0, 3}, end[8];
    g_autofree char *layer = g_build_filename(top, LAYER, NULL);
    gsize size;

    CU_ASSERT_TRUE_FATAL(layer_create(layer, "../x.img", 512, NULL));
    g_autofree char *bytes = read_file(top, LAYER, &size);
    CU_ASSERT_EQUAL_FATAL(memcmp(bytes + 104, kind, sizeof(kind)), 0);
    memcpy(bytes + 112, "vmd", 3);
    bundle_layer(bytes, size);
    refused("does not say that what it lies over is raw");
    memcpy(bytes + 112, "raw", 3);
    bytes[15] = 104; /* the name is there, so nothing of this is an extension */
    bundle_layer(bytes, size);
    refused("does not say that what it lies over is raw");
    bytes[15] = (char)128;
    memcpy(bytes + 104, end, sizeof(end));
    bundle_layer(bytes, size);
    refused("does not say that what it lies over is raw");
    CU_ASSERT_TRUE_FATAL(layer_create(layer, "../x.qcow2", 512, NULL));
    g_autofree char *above = read_file(top, LAYER, &size);
    bundle_layer(above, size);
    refused("does not say that what it lies over is raw");
    g_unlink(layer);
}

/* A layer that says that it lies over itself, or over the host's files. */
static void lies_over_anything(void)
{
    static const char *const below[] = {LAYER, "/etc/shadow", "json:{\"driver\":\"null-co\"}"};
    g_autofree char *layer = g_build_filename(top, LAYER, NULL);

    for (unsigned i = 0; i < G_N_ELEMENTS(below); i++) {
        gsize size;
        CU_ASSERT_TRUE(layer_create(layer, below[i], 512, NULL));
        g_autofree char *bytes = read_file(top, LAYER, &size);
        bundle_layer(bytes, size);
        if (i == 0) {
            refused("lies over itself");
            continue;
        }
        CU_ASSERT_TRUE_FATAL(bundle_import(&there.store, there.handset, "came", file, NULL));
        g_autofree char *path = store_path(&there.store, "came", STORE_HEADER);
        g_autoptr(snapshot_header) header = header_read(path, NULL);
        g_autofree char *came = g_build_filename(there.store.disks, header->layer[1], NULL);
        g_autofree char *now = layer_below(came, NULL);
        CU_ASSERT_TRUE(header_is_layer(now, 1) && g_str_has_suffix(now, HEADER_RAW));
        CU_ASSERT_TRUE(store_delete(&there.store, "came", NULL));
        struct present none = {0};
        tidy(&there.store, &none);
    }
    g_unlink(layer);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"comes whole", comes_whole},
        {"deceives", deceives},
        {"says another format", says_another_format},
        {"lies over anything", lies_over_anything},
        {"is cut", is_cut},
        CU_TEST_INFO_NULL,
    };
    int status;

    top = g_dir_make_tmp("emu-bundle-XXXXXX", NULL);
    file = g_build_filename(top, "bundle", NULL);
    make_place(&here, "here");
    make_place(&there, "there");
    status = run_suite("a snapshot as one file", tests);
    leave_place(&here);
    leave_place(&there);
    remove_all(top);
    g_free(file);
    g_free(top);
    return status;
}
