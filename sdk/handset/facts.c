/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "facts.h"

#include <string.h>

#include "error.h"
#include "places.h"

static void vm_free(gpointer data)
{
    struct facts_vm *vm = data;

    g_free(vm->name);
    g_free(vm->display_name);
    g_free(vm->kind);
    g_free(vm->colour);
    g_free(vm);
}

void facts_free(handset_facts *facts)
{
    if (facts != NULL) {
        g_free(facts->dir);
        g_free(facts->name);
        g_ptr_array_unref(facts->vms);
        g_ptr_array_unref(facts->files);
        g_key_file_unref(facts->ini);
        g_free(facts);
    }
}

/* A name becomes part of paths: only what pack would have written. */
static gboolean is_vm_name(const char *name)
{
    return name != NULL && places_is_name(name) && strchr(name, '.') == NULL;
}

static gboolean read_vm(handset_facts *facts, const char *group, GError **error)
{
    g_autofree char *name = g_key_file_get_string(facts->ini, group, "name", NULL);
    int slot = g_key_file_get_integer(facts->ini, group, "data-slot", NULL);

    if (!is_vm_name(name) || slot < 0 || slot >= FACTS_SLOTS) {
        return handset_fail(error, HANDSET_ERROR_WRONG,
                            "%s/" PLACES_DESCRIPTION ": [%s] name or data-slot: not as pack "
                            "writes them; make the handset again",
                            facts->dir, group);
    }
    struct facts_vm *vm = g_new0(struct facts_vm, 1);
    vm->kind = g_key_file_get_string(facts->ini, group, "kind", NULL);
    vm->display_name = g_key_file_get_string(facts->ini, group, "display-name", NULL);
    vm->colour = g_key_file_get_string(facts->ini, group, "colour", NULL);
    vm->name = g_steal_pointer(&name);
    vm->slot = (guint)slot;
    g_ptr_array_add(facts->vms, vm);
    return TRUE;
}

static void add_file(handset_facts *facts, const char *file)
{
    if (file != NULL && *file &&
        !g_ptr_array_find_with_equal_func(facts->files, file, g_str_equal, NULL)) {
        g_ptr_array_add(facts->files, g_strdup(file));
    }
}

static void read_files(handset_facts *facts)
{
    g_autofree char *kernel = g_key_file_get_string(facts->ini, "handset", "kernel", NULL);
    g_auto(GStrv) loads = g_key_file_get_keys(facts->ini, "load", NULL, NULL);
    g_auto(GStrv) slots = g_key_file_get_keys(facts->ini, "emmc", NULL, NULL);

    add_file(facts, kernel);
    for (char **load = loads; load && *load; load++) {
        add_file(facts, *load);
    }
    for (char **slot = slots; slot && *slot; slot++) {
        g_autofree char *file = g_key_file_get_string(facts->ini, "emmc", *slot, NULL);
        add_file(facts, file);
    }
}

static gboolean fill(handset_facts *facts, GError **error)
{
    g_auto(GStrv) groups = g_key_file_get_groups(facts->ini, NULL);

    facts->name = g_key_file_get_string(facts->ini, "handset", "name", NULL);
    facts->memory = g_key_file_get_uint64(facts->ini, "handset", "memory", NULL);
    for (char **group = groups; *group; group++) {
        if (g_str_has_prefix(*group, "vm ") && !read_vm(facts, *group, error)) {
            return FALSE;
        }
    }
    read_files(facts);
    return facts->name != NULL ||
           handset_fail(error, HANDSET_ERROR_WRONG,
                        "%s/" PLACES_DESCRIPTION ": [handset] name: missing", facts->dir);
}

handset_facts *facts_read(const char *dir, GError **error)
{
    g_autofree char *path = g_build_filename(dir, PLACES_DESCRIPTION, NULL);
    g_autoptr(GError) why = NULL;
    handset_facts *facts = g_new0(handset_facts, 1);

    facts->dir = g_canonicalize_filename(dir, NULL);
    facts->vms = g_ptr_array_new_with_free_func(vm_free);
    facts->files = g_ptr_array_new_with_free_func(g_free);
    facts->ini = g_key_file_new();
    if (!g_key_file_load_from_file(facts->ini, path, G_KEY_FILE_NONE, &why)) {
        handset_fail(error, HANDSET_ERROR_WRONG, "%s: %s", path, why->message);
    } else if (fill(facts, error)) {
        return facts;
    }
    facts_free(facts);
    return NULL;
}

gboolean facts_is_persona(const struct facts_vm *vm)
{
    return g_strcmp0(vm->kind, "persona") == 0;
}

const struct facts_vm *facts_persona(const handset_facts *facts, const char *name)
{
    for (guint i = 0; i < facts->vms->len; i++) {
        const struct facts_vm *vm = facts->vms->pdata[i];
        if (facts_is_persona(vm) && strcmp(vm->name, name) == 0) {
            return vm;
        }
    }
    return NULL;
}

char *facts_data(const handset_facts *facts, const struct facts_vm *vm)
{
    return vm->slot ? g_build_filename(facts->dir, vm->name, FACTS_DATA, NULL) : NULL;
}
