/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "renew.h"

#include <string.h>

#include <glib/gstdio.h>

#include "../pack/kept_image.h"
#include "../pack/options.h"
#include "change.h"
#include "describe.h"
#include "error.h"
#include "facts.h"
#include "files.h"
#include "old_images.h"

struct source {
    struct pack_options options;
    struct pack_handset handset;
};

struct renewal {
    struct change change;
    struct source source;
    GHashTable
        *newer; /* the UUID of an image of ours: the VM of the source that has its newer one */
    gboolean changed;
};

char *renew_find(const handset_place *place, GError **error)
{
    g_autoptr(handset_facts) facts = facts_read(place->dir, error);
    g_autoptr(GPtrArray) originals = places_originals();

    for (guint i = 0; facts && i < originals->len; i++) {
        const handset_place *original = originals->pdata[i];
        g_autoptr(handset_facts) others = facts_read(original->dir, NULL);
        if (others && g_strcmp0(others->name, facts->name) == 0) {
            return g_strdup(original->dir);
        }
    }
    if (facts) {
        handset_fail(error, HANDSET_ERROR_WRONG,
                     "%s: its description is called '%s', and no handset of the build, or that is "
                     "installed, is; say --from HANDSET",
                     place->dir, facts->name);
    }
    return NULL;
}

static const char *const parts[] = {"kernel", "initrd", "system"};

static const char *part_of(const struct pack_vm *vm, guint part)
{
    const char *const paths[] = {vm->kernel, vm->initrd, vm->system};

    return paths[part];
}

/* What an installed handset was packed from is on another computer: it has its description. */
static gboolean read_source(struct source *source, const char *from, GError **error)
{
    if (describe_has(from)) {
        describe_options(&source->options, from);
    } else if (!pack_options_read(&source->options, from, error)) {
        return FALSE;
    }
    return pack_handset_read(&source->handset, source->options.handset,
                             (const char *const *)source->options.images, error);
}

/* ---- Newer images -----------------------------------------------------------------------------
 */

/* Where the description says what a persona is made of. */
struct paper {
    char *name; /* of the persona */
    char *file; /* of its profile; NULL: the description itself */
    GKeyFile *ini;
    const char *up; /* from there to the handset's folder */
    char *group;
    char *image; /* UUID; NULL: it has none */
};

static void paper_free(struct paper *paper)
{
    g_free(paper->name);
    g_free(paper->file);
    g_free(paper->group);
    g_free(paper->image);
    g_key_file_unref(paper->ini);
    g_free(paper);
}

/* "../../../images/UUID/system", as describe.c names it; the file itself may be gone. */
static char *image_in(const struct paper *paper)
{
    g_autofree char *system = g_key_file_get_string(paper->ini, paper->group, "system", NULL);
    g_autofree char *folder = system ? g_path_get_dirname(system) : NULL;

    return folder ? g_path_get_basename(folder) : NULL;
}

/* NULL and `error`: its profile cannot be read. */
static struct paper *paper_of(const struct change *change, const char *group, GError **error)
{
    struct paper *paper = g_new0(struct paper, 1);

    paper->name = g_strdup(group + strlen("vm "));
    if (g_key_file_has_key(change->ini, group, "profile", NULL)) {
        paper->file = change_profile(change, paper->name);
        paper->ini = g_key_file_new();
        paper->group = g_strdup("system");
        paper->up = "../../..";
        if (!g_key_file_load_from_file(paper->ini, paper->file, G_KEY_FILE_KEEP_COMMENTS, error)) {
            paper_free(paper);
            return NULL;
        }
    } else {
        paper->ini = g_key_file_ref(change->ini);
        paper->group = g_strdup(group);
        paper->up = "..";
    }
    paper->image = image_in(paper);
    return paper;
}

static GPtrArray *read_papers(const struct change *change, GError **error)
{
    g_autoptr(GPtrArray) papers = g_ptr_array_new_with_free_func((GDestroyNotify)paper_free);
    g_auto(GStrv) groups = g_key_file_get_groups(change->ini, NULL);

    for (char **group = groups; *group; group++) {
        struct paper *paper =
            g_str_has_prefix(*group, "vm ") ? paper_of(change, *group, error) : NULL;
        if (paper) {
            g_ptr_array_add(papers, paper);
        } else if (g_str_has_prefix(*group, "vm ")) {
            return NULL;
        }
    }
    return g_steal_pointer(&papers);
}

static gboolean is_file(const char *path)
{
    return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

static const struct pack_vm *vm_of_source(const struct source *source, const char *name)
{
    for (guint i = 0; i < source->handset.vms; i++) {
        const struct pack_vm *vm = &source->handset.vm[i];
        if (strcmp(vm->name, name) == 0 && vm->kernel && vm->initrd && vm->system) {
            return vm;
        }
    }
    return NULL;
}

static gboolean take_part(const struct renewal *renewal, struct paper *paper, const char *uuid,
                          const struct pack_vm *vm, guint part, GError **error)
{
    g_autofree char *folder = g_build_filename(renewal->change.work, "images", uuid, NULL);
    g_autofree char *path = g_build_filename(folder, parts[part], NULL);
    g_autofree char *named = g_build_filename(paper->up, "images", uuid, parts[part], NULL);

    if (g_mkdir_with_parents(folder, 0700) != 0) {
        return handset_fail_errno(error, folder, "make this folder");
    }
    g_key_file_set_string(paper->ini, paper->group, parts[part], named);
    return is_file(path) || files_link(part_of(vm, part), path, error);
}

static gboolean renew(struct renewal *renewal, struct paper *paper, GError **error)
{
    const struct pack_vm *same = vm_of_source(&renewal->source, paper->name);
    const struct pack_vm *vm = same ? same : g_hash_table_lookup(renewal->newer, paper->image);
    g_autofree char *uuid = vm ? pack_image_uuid(vm->system) : NULL;

    if (uuid == NULL || strcmp(uuid, paper->image) == 0) {
        return TRUE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (!take_part(renewal, paper, uuid, vm, i, error)) {
            return FALSE;
        }
    }
    renewal->changed = TRUE;
    return paper->file == NULL || g_key_file_save_to_file(paper->ini, paper->file, error);
}

static gboolean renew_all(struct renewal *renewal, GError **error)
{
    g_autoptr(GPtrArray) papers = read_papers(&renewal->change, error);

    for (guint i = 0; papers && i < papers->len; i++) {
        struct paper *paper = papers->pdata[i];
        const struct pack_vm *vm = vm_of_source(&renewal->source, paper->name);
        if (vm && paper->image) {
            g_hash_table_insert(renewal->newer, g_strdup(paper->image), (gpointer)vm);
        }
    }
    for (guint i = 0; papers && i < papers->len; i++) {
        struct paper *paper = papers->pdata[i];
        if (paper->image && !renew(renewal, paper, error)) {
            return FALSE;
        }
    }
    return papers != NULL;
}

/* ---- What is no persona's ---------------------------------------------------------------------
 */

static gboolean is_same(const char *one, const char *other)
{
    g_autoptr(GMappedFile) a = g_mapped_file_new(one, FALSE, NULL);
    g_autoptr(GMappedFile) b = g_mapped_file_new(other, FALSE, NULL);
    gsize length = a ? g_mapped_file_get_length(a) : 0;

    return a && b && length == g_mapped_file_get_length(b) &&
           (length == 0 ||
            memcmp(g_mapped_file_get_contents(a), g_mapped_file_get_contents(b), length) == 0);
}

static gboolean take_file(struct renewal *renewal, const char *from, const char *name,
                          GError **error)
{
    g_autofree char *path = g_build_filename(renewal->change.work, name, NULL);

    if (from == NULL || !is_file(from) || !is_file(path) || is_same(from, path)) {
        return TRUE;
    }
    renewal->changed = TRUE;
    g_unlink(path);
    return files_copy(from, path, error);
}

gboolean renew_images(const handset_place *place, const char *from, const char *old,
                      gboolean *changed, GError **error)
{
    struct renewal renewal = {
        .newer = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
    g_autofree char *hypervisor = g_build_filename(from, "hypervisor.elf", NULL);
    g_autofree char *switchboard = g_build_filename(from, "switchboard.bin", NULL);
    const struct pack_options *source = &renewal.source.options;
    gboolean begun = read_source(&renewal.source, from, error);
    gboolean done =
        begun && change_begin(&renewal.change, place, error) &&
        old_images_bring_back(renewal.change.work, place->dir, old, &renewal.changed, error) &&
        renew_all(&renewal, error) && take_file(&renewal, hypervisor, "hypervisor.elf", error) &&
        take_file(&renewal, switchboard, "switchboard.bin", error) &&
        take_file(&renewal, source->measure, DESCRIBE_FOLDER "/measure.bin", error) &&
        (!renewal.changed || change_commit(&renewal.change, error));

    if (begun) {
        change_finish(&renewal.change);
    }
    g_hash_table_unref(renewal.newer);
    pack_handset_finish(&renewal.source.handset);
    pack_options_finish(&renewal.source.options);
    *changed = renewal.changed;
    return done;
}
