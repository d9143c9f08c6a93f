/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "persona_import.h"

#include <string.h>

#include <glib/gstdio.h>

#include "change.h"
#include "error.h"
#include "facts.h"
#include "files.h"
#include "persona_file.h"

/* The handset's own file of the image, for a profile; FALSE: it has none of that name. */
static gboolean name_part(const struct change *change, struct persona_file *persona,
                          const char *part)
{
    g_autofree char *path = g_build_filename(change->work, "images", persona->image, part, NULL);
    g_autofree char *named =
        g_build_filename("..", "..", "..", "images", persona->image, part, NULL);

    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return FALSE;
    }
    g_key_file_set_string(persona->profile, "system", part, named);
    return TRUE;
}

static gboolean use_image(const struct change *change, struct persona_file *persona, GError **error)
{
    gboolean there = name_part(change, persona, "kernel") && name_part(change, persona, "system");

    name_part(change, persona, "initrd");
    return there ||
           handset_fail(error, HANDSET_ERROR_WRONG,
                        "%s: does not have the system image %s that the persona belongs to; "
                        "import it into a handset that has ('booth handset show')",
                        change->dir, persona->image);
}

/* The first persona of the description: what a profile does not say is as for that one. */
static char *any_persona(const struct change *change, GError **error)
{
    g_autoptr(handset_facts) facts = facts_read(change->work, error);

    for (guint i = 0; facts && i < facts->vms->len; i++) {
        const struct facts_vm *vm = facts->vms->pdata[i];
        if (facts_is_persona(vm)) {
            return g_strdup(vm->name);
        }
    }
    if (facts) {
        handset_fail(error, HANDSET_ERROR_WRONG, "%s: has no persona", change->dir);
    }
    return NULL;
}

static gboolean put(const struct change *change, struct persona_file *persona, const char *name,
                    GError **error)
{
    g_autofree char *profile = change_profile(change, name);
    g_autofree char *folder = g_path_get_dirname(profile);
    g_autofree char *data = g_build_filename(change->work, name, FACTS_DATA, NULL);
    g_autofree char *place = g_path_get_dirname(data);
    g_autofree char *from = g_build_filename(change->work, "import", PERSONA_FILE_DATA, NULL);
    GStatBuf info;

    if (g_stat(from, &info) != 0) {
        return handset_fail_errno(error, from, "look at it");
    }
    g_autofree char *size = g_strdup_printf("%" G_GINT64_FORMAT "M", (gint64)info.st_size >> 20);
    g_key_file_set_string(persona->profile, "profile", "name", name);
    g_key_file_set_string(persona->profile, "data", "size", size);
    if (g_mkdir_with_parents(folder, 0700) != 0 || g_mkdir_with_parents(place, 0700) != 0 ||
        g_rename(from, data) != 0) {
        return handset_fail_errno(error, place, "put the persona there");
    }
    return g_key_file_save_to_file(persona->profile, profile, error);
}

static gboolean import(struct change *change, const char *file, const char *name, char **named,
                       GError **error)
{
    g_autofree char *folder = g_build_filename(change->work, "import", NULL);
    g_autofree char *like = any_persona(change, error);
    struct persona_file persona = {0};
    gboolean done;

    if (like == NULL) {
        return FALSE;
    }
    if (g_mkdir(folder, 0700) != 0) {
        return handset_fail_errno(error, folder, "make this folder");
    }
    done = persona_file_read(&persona, file, folder, error) && use_image(change, &persona, error);
    if (done) {
        *named = g_strdup(name ? name : persona.name);
        done = change_check_new(change, *named, error) && put(change, &persona, *named, error) &&
               files_remove(folder, error) && change_add(change, *named, like, error);
        change_forget(change, *named, "data-size");
    }
    persona_file_clear(&persona);
    return done;
}

gboolean persona_import(const handset_place *place, const char *file, const char *name,
                        char **named, GError **error)
{
    struct change change;
    gboolean done;

    *named = NULL;
    done = change_begin(&change, place, error) && import(&change, file, name, named, error) &&
           change_commit(&change, error);
    change_finish(&change);
    return done;
}
