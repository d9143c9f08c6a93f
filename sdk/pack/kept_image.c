/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "error.h"
#include "kept_image.h"
#include "tool.h"

#define EROFS_SUPERBLOCK 1024
#define EROFS_MAGIC      0xe0f5e1e2u
#define EROFS_UUID       48 /* in the superblock */
#define UUID_SIZE        16
#define UUID_DIGITS      (2 * UUID_SIZE)

/* The files of an image, in a folder of OUT/images, and where a VM names them. */
static const struct {
    const char *name;
    gsize offset;
} parts[] = {
    {"kernel", G_STRUCT_OFFSET(struct pack_vm, kernel)},
    {"initrd", G_STRUCT_OFFSET(struct pack_vm, initrd)},
    {"system", G_STRUCT_OFFSET(struct pack_vm, system)},
};

static char **part_path(const struct pack_vm *vm, guint part)
{
    return (char **)G_STRUCT_MEMBER_P(vm, parts[part].offset);
}

char *pack_image_uuid(const char *path)
{
    guint8 head[EROFS_UUID + UUID_SIZE];
    guint32 magic;
    GString *digits;
    int fd = g_open(path, O_RDONLY | O_CLOEXEC);
    gssize size = fd < 0 ? -1 : pread(fd, head, sizeof(head), EROFS_SUPERBLOCK);

    if (fd >= 0) {
        close(fd);
    }
    if (size != sizeof(head)) {
        return NULL;
    }
    memcpy(&magic, head, sizeof(magic));
    if (GUINT32_FROM_LE(magic) != EROFS_MAGIC) {
        return NULL;
    }
    digits = g_string_sized_new(UUID_DIGITS);
    for (guint i = 0; i < UUID_SIZE; i++) {
        g_string_append_printf(digits, "%02x", head[EROFS_UUID + i]);
    }
    return g_string_free(digits, FALSE);
}

static gboolean is_uuid(const char *text)
{
    return strlen(text) == UUID_DIGITS && strspn(text, "0123456789abcdef") == UUID_DIGITS;
}

char *pack_image_of_data(const char *disk)
{
    const char *const argv[] = {"debugfs", "-R", "cat /image", disk, NULL};
    char *text = NULL;

    if (!g_file_test(disk, G_FILE_TEST_IS_REGULAR) || !pack_tool_output(argv, &text)) {
        return NULL;
    }
    g_strchomp(text);
    if (!is_uuid(text)) {
        g_clear_pointer(&text, g_free);
    }
    return text;
}

static char *owner(const char *name, const char *out, const char *file)
{
    g_autofree char *disk = g_build_filename(out, name, file, NULL);

    return pack_image_of_data(disk);
}

static gboolean use(struct pack_vm *vm, const char *out, const char *uuid, const char *now,
                    GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        char *path = g_build_filename(out, "images", uuid, parts[i].name, NULL);

        if (!*part_path(vm, i)) {
            g_free(path);
            continue;
        }
        if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
            pack_fail(
                error,
                "%s/%s/data.img: belongs to the system image %s, but there is no %s: bring it "
                "back, or move the data disk away and an empty one is made",
                out, vm->name, uuid, path);
            g_free(path);
            return FALSE;
        }
        g_free(*part_path(vm, i));
        *part_path(vm, i) = path;
    }
    g_free(vm->newer);
    vm->newer = g_strdup(now);
    g_printerr(
        "pack: %s keeps the system image %s, to which its data belongs; 'booth persona upgrade "
        "%s' moves it to the new one\n",
        vm->name, uuid, vm->name);
    return TRUE;
}

gboolean pack_kept_image_use(struct pack_handset *handset, const char *out, GError **error)
{
    for (guint i = 0; i < handset->vms; i++) {
        struct pack_vm *vm = &handset->vm[i];
        g_autofree char *now = vm->system ? pack_image_uuid(vm->system) : NULL;
        g_autofree char *then = now && vm->data_size ? owner(vm->name, out, PACK_DATA) : NULL;

        if (then && strcmp(now, then) && !use(vm, out, then, now, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A file keeps its content when the image builder makes a new one: that is another file. */
static gboolean link_or_copy(const char *from, const char *to, GError **error)
{
    g_autofree char *temporary = g_strconcat(to, ".new", NULL);
    const char *const cp[] = {"cp", "--sparse=always", "--reflink=auto", from, temporary, NULL};
    g_autofree char *real = realpath(from, NULL);

    g_unlink(temporary);
    if (link(real ? real : from, temporary) && !pack_tool_run(cp, 0, error)) {
        return FALSE;
    }
    if (g_rename(temporary, to)) {
        return pack_fail(error, "%s: %s", to, g_strerror(errno));
    }
    g_unlink(temporary); /* rename() leaves it if both names are of the same file */
    return TRUE;
}

static gboolean store(const struct pack_vm *vm, const char *folder, GError **error)
{
    if (g_mkdir_with_parents(folder, 0777)) {
        return pack_fail(error, "%s: cannot make this folder: %s", folder, g_strerror(errno));
    }
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *path = g_build_filename(folder, parts[i].name, NULL);
        const char *from = *part_path(vm, i);

        if (from && strcmp(from, path) && !link_or_copy(from, path, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static void drop(const char *folder)
{
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *path = g_build_filename(folder, parts[i].name, NULL);

        g_unlink(path);
    }
    g_rmdir(folder);
}

/* The images that data disks in `out` belong to, also those of personas that the description has no
 * more, and of what was before an upgrade. */
static GHashTable *used_images(const char *out)
{
    GHashTable *used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GDir) dir = g_dir_open(out, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        char *const uuid[] = {owner(name, out, PACK_DATA), owner(name, out, PACK_DATA_BEFORE)};

        for (guint i = 0; i < G_N_ELEMENTS(uuid); i++) {
            if (uuid[i]) {
                g_hash_table_add(used, uuid[i]);
            }
        }
    }
    return used;
}

static void drop_others(const char *images, GHashTable *used)
{
    g_autoptr(GDir) dir = g_dir_open(images, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        if (is_uuid(name) && !g_hash_table_contains(used, name)) {
            g_autofree char *folder = g_build_filename(images, name, NULL);

            drop(folder);
        }
    }
}

gboolean pack_kept_image_store(const struct pack_handset *handset, const char *out, GError **error)
{
    g_autofree char *images = g_build_filename(out, "images", NULL);
    g_autoptr(GHashTable) used = used_images(out);

    for (guint i = 0; i < handset->vms; i++) {
        const struct pack_vm *vm = &handset->vm[i];
        char *uuid = vm->system && vm->data_size ? pack_image_uuid(vm->system) : NULL;
        g_autofree char *folder = uuid ? g_build_filename(images, uuid, NULL) : NULL;

        if (!uuid) {
            continue;
        }
        g_hash_table_add(used, uuid);
        if (vm->newer) {
            g_hash_table_add(used, g_strdup(vm->newer));
        }
        if (!store(vm, folder, error)) {
            return FALSE;
        }
    }
    drop_others(images, used);
    return TRUE;
}
