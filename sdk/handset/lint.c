/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "lint.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "../pack/handset.h"
#include "../pack/kept_image.h"
#include "describe.h"
#include "error.h"
#include "facts.h"
#include "present.h"

#define REMEDY "make the handset again ('make images', or 'booth handset create')"

static void find(GPtrArray *findings, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void find(GPtrArray *findings, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_ptr_array_add(findings, g_strdup_vprintf(format, args));
    va_end(args);
}

static char *absolute(const handset_facts *facts, const char *file)
{
    return g_path_is_absolute(file) ? g_strdup(file) : g_build_filename(facts->dir, file, NULL);
}

/* What becomes of a link when the package that it leads to is upgraded. */
#define REPLACED                                                                              \
    "a newer phonebooth-images has replaced it: 'booth handset upgrade %s' goes on with the " \
    "newer; "                                                                                 \
    "or install the older one again"

static gboolean is_link(const char *path)
{
    return g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

static guint64 size_of(const handset_facts *facts, const char *file)
{
    return g_key_file_get_uint64(facts->ini, "size", file, NULL);
}

/* FALSE: the file is no link. */
static gboolean look_at_link(GPtrArray *findings, const handset_facts *facts, const char *file)
{
    g_autofree char *path = absolute(facts, file);
    g_autofree char *target = g_file_read_link(path, NULL);
    g_autofree char *name = g_path_get_basename(facts->dir);
    guint64 size = size_of(facts, file);
    GStatBuf info;

    if (target == NULL) {
        return FALSE;
    }
    if (g_stat(path, &info) != 0) {
        find(findings, "%s: there is no %s any more; " REPLACED, path, target, name);
    } else if (size && (guint64)info.st_size != size) {
        find(findings, "%s: %s is another file now; " REPLACED, path, target, name);
    }
    return TRUE;
}

static void look_at_file(GPtrArray *findings, const handset_facts *facts, const char *file)
{
    g_autofree char *path = absolute(facts, file);
    guint64 size = size_of(facts, file);
    GStatBuf info;

    if (look_at_link(findings, facts, file)) {
        return;
    }
    if (g_stat(path, &info) != 0 || !S_ISREG(info.st_mode)) {
        find(findings, "%s: is missing; " REMEDY, path);
    } else if (access(path, R_OK) != 0) {
        find(findings, "%s: not readable by you; chmod, or ask its owner", path);
    } else if (size && (guint64)info.st_size != size) {
        find(findings, "%s: has %" G_GUINT64_FORMAT " bytes, not %" G_GUINT64_FORMAT "; " REMEDY,
             path, (guint64)info.st_size, size);
    }
}

static gboolean has_image(const char *dir, const char *uuid)
{
    g_autofree char *path = g_build_filename(dir, "images", uuid, "system", NULL);

    return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* Links to images that are no longer installed; what is stored belongs to them. */
static void look_at_images(GPtrArray *findings, const handset_facts *facts)
{
    g_autofree char *images = g_build_filename(facts->dir, "images", NULL);
    g_autofree char *name = g_path_get_basename(facts->dir);
    g_autoptr(GDir) entries = g_dir_open(images, 0, NULL);
    const char *uuid;

    while (entries && (uuid = g_dir_read_name(entries))) {
        g_autofree char *path = g_build_filename(images, uuid, "system", NULL);
        if (is_link(path) && !has_image(facts->dir, uuid)) {
            find(findings, "%s: what is stored belongs to the system image %s; " REPLACED,
                 facts->dir, uuid, name);
        }
    }
}

static void look_at_data(GPtrArray *findings, const handset_facts *facts, const struct facts_vm *vm)
{
    g_autofree char *path = facts_data(facts, vm);
    g_autofree char *uuid = path ? pack_image_of_data(path) : NULL;
    GStatBuf info;

    if (path == NULL || g_stat(path, &info) != 0) {
        return; /* none, or said already */
    }
    if (!info.st_size || (info.st_size & (info.st_size - 1))) {
        find(findings,
             "%s: truncated: its size is no power of two; take it from a copy, or 'booth "
             "reset %s'",
             path, vm->name);
    }
    if (uuid && !has_image(facts->dir, uuid)) {
        find(findings,
             "%s: belongs to the system image %s, which is not in %s/images; bring it "
             "back, or 'booth reset %s'",
             path, uuid, facts->dir, vm->name);
    }
}

static void look_at_layers(GPtrArray *findings, const handset_facts *facts)
{
    g_autoptr(GError) error = NULL;
    struct present present;

    if (!present_exists(facts->dir)) {
        return;
    }
    if (!present_load(&present, facts->dir, &error)) {
        find(findings, "%s; 'booth reset' makes new disks", error->message);
    }
    for (guint i = 0; i < FACTS_SLOTS; i++) {
        g_autofree char *path =
            present.layer[i] ? present_path(facts->dir, present.layer[i]) : NULL;
        if (path && !g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
            find(findings, "%s: is missing, a layer of a disk; load a snapshot, or 'booth reset'",
                 path);
        }
    }
    present_free(&present);
}

static void look_at_description(GPtrArray *findings, const char *dir)
{
    g_autofree char *path = g_build_filename(dir, DESCRIBE_FOLDER, "handset.ini", NULL);
    g_autoptr(GError) error = NULL;
    struct pack_handset handset;

    if (!describe_has(dir)) {
        return;
    }
    if (!pack_handset_read(&handset, path, NULL, &error)) {
        find(findings, "%s", error->message);
    }
    pack_handset_finish(&handset);
}

gboolean lint_links(const char *dir, GError **error)
{
    g_autofree char *system = g_build_filename(dir, "system.img", NULL);
    g_autoptr(handset_facts) facts = is_link(system) ? facts_read(dir, NULL) : NULL;
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);

    if (facts == NULL) {
        return TRUE;
    }
    for (guint i = 0; i < facts->files->len; i++) {
        look_at_link(findings, facts, facts->files->pdata[i]);
    }
    look_at_images(findings, facts);
    return findings->len == 0 ||
           handset_fail(error, HANDSET_ERROR_BUSY, "%s", (const char *)findings->pdata[0]);
}

GPtrArray *lint_handset(const char *dir)
{
    GPtrArray *findings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(handset_facts) facts = facts_read(dir, &error);

    if (facts == NULL) {
        find(findings, "%s; " REMEDY, error->message);
        return findings;
    }
    for (guint i = 0; i < facts->files->len; i++) {
        look_at_file(findings, facts, facts->files->pdata[i]);
    }
    for (guint i = 0; i < facts->vms->len; i++) {
        look_at_data(findings, facts, facts->vms->pdata[i]);
    }
    look_at_images(findings, facts);
    look_at_layers(findings, facts);
    look_at_description(findings, dir);
    return findings;
}
