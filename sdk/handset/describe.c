/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "describe.h"

#include <string.h>

#include <glib/gstdio.h>

#include "../pack/handset.h"
#include "../pack/kept_image.h"
#include "../pack/options.h"
#include "error.h"
#include "files.h"
#include "places.h"

#define MEASURE "measure.bin"

/* What a VM is made of: the key, in the group `vm NAME` or in [system] of a profile, and the name
 * in images/UUID. */
static const struct {
    const char *key;
    gsize offset;
} parts[] = {
    {"kernel", G_STRUCT_OFFSET(struct pack_vm, kernel)},
    {"initrd", G_STRUCT_OFFSET(struct pack_vm, initrd)},
    {"system", G_STRUCT_OFFSET(struct pack_vm, system)},
    {"firmware", G_STRUCT_OFFSET(struct pack_vm, firmware)},
};

struct description {
    struct pack_options source;
    struct pack_handset handset;
    GKeyFile *ini;
    const char *to; /* handset */
    char *folder;   /* description in it */
};

static char *in_folder(const char *dir, const char *name)
{
    return g_build_filename(dir, DESCRIBE_FOLDER, name, NULL);
}

gboolean describe_has(const char *dir)
{
    g_autofree char *path = in_folder(dir, PLACES_DESCRIPTION);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* The path of a part from the description's folder; it is put there if no image has it. NULL and
 * `error`. */
static char *place_part(const struct description *d, const struct pack_vm *vm, const char *key,
                        const char *path, GError **error)
{
    g_autofree char *uuid = vm->system ? pack_image_uuid(vm->system) : NULL;
    g_autofree char *kept = g_build_filename("..", "images", uuid ? uuid : "-", key, NULL);
    g_autofree char *whole = g_build_filename(d->folder, kept, NULL);
    g_autofree char *file = g_strdup_printf("files/%s-%s", vm->name, key);
    g_autofree char *to = g_build_filename(d->folder, file, NULL);

    if (g_file_test(whole, G_FILE_TEST_EXISTS)) {
        return g_steal_pointer(&kept);
    }
    return files_copy(path, to, error) ? g_steal_pointer(&file) : NULL;
}

/* Names the parts in a group of `ini`, each with `up` in front of its path. */
static gboolean name_parts(const struct description *d, const struct pack_vm *vm, GKeyFile *ini,
                           const char *group, const char *up, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        const char *path = *(char **)G_STRUCT_MEMBER_P(vm, parts[i].offset);
        g_autofree char *file = path ? place_part(d, vm, parts[i].key, path, error) : NULL;
        g_autofree char *named = file ? g_build_filename(up, file, NULL) : NULL;
        if (path && !named) {
            return FALSE;
        }
        g_key_file_remove_key(ini, group, parts[i].key, NULL);
        if (named) {
            g_key_file_set_string(ini, group, parts[i].key, named);
        }
    }
    return TRUE;
}

static gboolean take_profile(const struct description *d, const struct pack_vm *vm,
                             const char *group, const char *profile, GError **error)
{
    g_autofree char *top = g_path_get_dirname(d->source.handset);
    g_autofree char *from = g_canonicalize_filename(profile, top);
    g_autofree char *file = g_build_filename(from, "profile.ini", NULL);
    g_autofree char *name = g_build_filename("profiles", vm->name, NULL);
    g_autofree char *folder = g_build_filename(d->folder, name, NULL);
    g_autofree char *to = g_build_filename(folder, "profile.ini", NULL);
    g_autoptr(GKeyFile) ini = g_key_file_new();

    if (!g_key_file_load_from_file(ini, file, G_KEY_FILE_KEEP_COMMENTS, error)) {
        return FALSE;
    }
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        return handset_fail_errno(error, folder, "make this folder");
    }
    g_key_file_set_string(d->ini, group, "profile", name);
    return name_parts(d, vm, ini, "system", "../..", error) &&
           g_key_file_save_to_file(ini, to, error);
}

static gboolean take_vm(const struct description *d, const struct pack_vm *vm, GError **error)
{
    g_autofree char *group = g_strconcat("vm ", vm->name, NULL);
    g_autofree char *profile = g_key_file_get_string(d->ini, group, "profile", NULL);

    if (vm->kind == PB_KIND_SWITCHBOARD) {
        return TRUE;
    }
    if (profile != NULL) {
        for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
            g_key_file_remove_key(d->ini, group, parts[i].key, NULL);
        }
        return take_profile(d, vm, group, profile, error);
    }
    return name_parts(d, vm, d->ini, group, "", error);
}

static gboolean take_all(struct description *d, GError **error)
{
    g_autofree char *files = g_build_filename(d->folder, "files", NULL);
    g_autofree char *to = g_build_filename(d->folder, PLACES_DESCRIPTION, NULL);
    g_autofree char *measure = g_build_filename(d->folder, MEASURE, NULL);

    if (g_mkdir_with_parents(files, 0700) != 0) {
        return handset_fail_errno(error, files, "make this folder");
    }
    if (!pack_handset_read(&d->handset, d->source.handset, (const char *const *)d->source.images,
                           error) ||
        !pack_kept_image_use(&d->handset, d->source.out, error) ||
        !g_key_file_load_from_file(d->ini, d->source.handset, G_KEY_FILE_KEEP_COMMENTS, error)) {
        return FALSE;
    }
    for (guint i = 0; i < d->handset.vms; i++) {
        if (!take_vm(d, &d->handset.vm[i], error)) {
            return FALSE;
        }
    }
    return (!d->source.measure || files_copy(d->source.measure, measure, error)) &&
           g_key_file_save_to_file(d->ini, to, error);
}

/* `known` FALSE: what it was packed from is not there. */
static gboolean make(const char *from, const char *to, const char *folder, gboolean *known,
                     GError **error)
{
    struct description d = {.to = to};
    gboolean done = TRUE;

    *known = pack_options_read(&d.source, from, NULL) &&
             g_file_test(d.source.handset, G_FILE_TEST_EXISTS);
    if (*known) {
        d.folder = g_build_filename(to, folder, NULL);
        d.ini = g_key_file_new();
        done = take_all(&d, error);
        g_key_file_unref(d.ini);
        g_free(d.folder);
    }
    pack_handset_finish(&d.handset);
    pack_options_finish(&d.source);
    return done;
}

gboolean describe_make(const char *from, const char *to, GError **error)
{
    gboolean known;

    return make(from, to, DESCRIBE_FOLDER, &known, error);
}

gboolean describe_store(const char *dir, GError **error)
{
    g_autofree char *work = g_build_filename(dir, DESCRIBE_FOLDER ".new", NULL);
    g_autofree char *final = g_build_filename(dir, DESCRIBE_FOLDER, NULL);
    gboolean known;

    if (describe_has(dir)) {
        return TRUE;
    }
    if (!files_remove(work, error) || !make(dir, dir, DESCRIBE_FOLDER ".new", &known, error)) {
        return FALSE;
    }
    if (!known) {
        return handset_fail(error, HANDSET_ERROR_WRONG,
                            "%s: what it was packed from (pack.ini) is not there", dir);
    }
    return files_commit(work, final, error);
}

static char *if_there(char *path)
{
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_clear_pointer(&path, g_free);
    }
    return path;
}

/* `at`: where the files are now; `named`: the folder's name in what is said. */
static void fill_options(struct pack_options *options, const char *at, const char *named)
{
    g_autofree char *switchboard = if_there(g_build_filename(at, "switchboard.bin", NULL));
    g_autofree char *measure = if_there(in_folder(at, MEASURE));

    *options = (struct pack_options){
        .boards = places_own("boards"),
        .handset = in_folder(named, PLACES_DESCRIPTION),
        .hypervisor = g_build_filename(named, "hypervisor.elf", NULL),
        .switchboard = switchboard ? g_build_filename(named, "switchboard.bin", NULL) : NULL,
        .measure = measure ? in_folder(named, MEASURE) : NULL,
        .out = g_strdup(at),
    };
}

void describe_options(struct pack_options *options, const char *dir)
{
    fill_options(options, dir, dir);
}

gboolean describe_note(const char *dir, const char *final, GError **error)
{
    struct pack_options options;
    gboolean done;

    fill_options(&options, dir, final);
    done = pack_options_write(&options, error);
    pack_options_finish(&options);
    return done;
}
