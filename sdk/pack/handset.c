/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "error.h"
#include "handset.h"
#include "handset_check.h"
#include "handset_keys.h"

int pack_handset_switchboard(const struct pack_handset *handset)
{
    for (guint i = 0; i < handset->vms; i++) {
        if (handset->vm[i].kind == PB_KIND_SWITCHBOARD) {
            return (int)i;
        }
    }
    return -1;
}

static GKeyFile *load(const char *file, GError **error)
{
    g_autoptr(GKeyFile) ini = g_key_file_new();

    if (!g_key_file_load_from_file(ini, file, G_KEY_FILE_NONE, error)) {
        g_prefix_error(error, "%s: ", file);
        return NULL;
    }
    return g_steal_pointer(&ini);
}

/* Makes `path` absolute: in `folder`, or else in the first of `images` that has it. */
static void resolve(char **path, const char *folder, const char *const *images)
{
    char *found;

    if (!*path || g_path_is_absolute(*path)) {
        return;
    }
    found = g_build_filename(folder, *path, NULL);
    for (; images && *images && !g_file_test(found, G_FILE_TEST_EXISTS); images++) {
        g_free(found);
        found = g_build_filename(*images, *path, NULL);
    }
    g_free(*path);
    *path = g_canonicalize_filename(found, NULL);
    g_free(found);
}

static void resolve_all(struct pack_vm *vm, const char *folder, const char *const *images)
{
    resolve(&vm->kernel, folder, images);
    resolve(&vm->firmware, folder, images);
    resolve(&vm->initrd, folder, images);
    resolve(&vm->system, folder, images);
}

static gboolean read_profile(struct pack_vm *vm, const char *folder, const char *const *images,
                             GError **error)
{
    g_autofree char *file = g_build_filename(folder, "profile.ini", NULL);
    g_autoptr(GKeyFile) ini = load(file, error);
    g_auto(GStrv) groups = NULL;

    if (!ini) {
        return FALSE;
    }
    groups = g_key_file_get_groups(ini, NULL);
    for (char **name = groups; *name; name++) {
        if (!pack_handset_keys_read_profile(vm, ini, file, *name, error)) {
            return FALSE;
        }
    }
    resolve_all(vm, folder, images);
    return TRUE;
}

static gboolean read_vm(struct pack_handset *handset, GKeyFile *ini, const char *group,
                        const char *const *images, GError **error)
{
    const char *file = handset->file;
    g_autofree char *folder = g_path_get_dirname(file);
    g_autofree char *profile = NULL;
    struct pack_vm *vm = &handset->vm[handset->vms];

    if (handset->vms == PB_MAX_VMS) {
        return pack_fail(error, "%s: [%s]: more than %d VMs; remove one", file, group, PB_MAX_VMS);
    }
    handset->vms++;
    vm->uart = vm->service_uart = PACK_NO_UART;
    vm->vcpus = 1;
    vm->battery = PACK_BATTERY_REAL;
    vm->kind = PB_KIND_PERSONA;
    for (guint i = 0; i < PB_MAX_VM_VCPUS; i++) {
        vm->pcpu[i] = G_MAXUINT;
    }
    profile = g_key_file_get_string(ini, group, "profile", NULL);
    if (profile) {
        g_autofree char *path = g_build_filename(folder, profile, NULL);

        if (!read_profile(vm, g_path_is_absolute(profile) ? profile : path, images, error)) {
            return FALSE;
        }
        g_key_file_remove_key(ini, group, "profile", NULL);
    }
    g_free(vm->name);
    vm->name = g_strdup(group + strlen("vm "));
    if (!pack_handset_keys_read_vm(vm, ini, file, group, error)) {
        return FALSE;
    }
    resolve_all(vm, folder, images);
    if (!vm->display_name) {
        vm->display_name = g_strdup(vm->name);
    }
    return pack_handset_check_vm(file, vm, error);
}

gboolean pack_handset_read(struct pack_handset *handset, const char *file,
                           const char *const *images, GError **error)
{
    g_autoptr(GKeyFile) ini = NULL;
    g_auto(GStrv) groups = NULL;

    memset(handset, 0, sizeof(*handset));
    handset->file = g_strdup(file);
    ini = load(file, error);
    if (!ini) {
        return FALSE;
    }
    groups = g_key_file_get_groups(ini, NULL);
    for (char **group = groups; *group; group++) {
        gboolean ok;

        if (!strcmp(*group, "handset")) {
            ok = pack_handset_keys_read(handset, ini, file, *group, error);
        } else if (g_str_has_prefix(*group, "vm ")) {
            ok = read_vm(handset, ini, *group, images, error);
        } else {
            ok = pack_fail(error, "%s: [%s]: unknown group; use handset or vm NAME", file, *group);
        }
        if (!ok) {
            return FALSE;
        }
    }
    return pack_handset_check(handset, error);
}

void pack_handset_finish(struct pack_handset *handset)
{
    for (guint i = 0; i < handset->vms; i++) {
        struct pack_vm *vm = &handset->vm[i];

        g_free(vm->name);
        g_free(vm->display_name);
        g_free(vm->join);
        g_free(vm->firewall);
        g_free(vm->kernel);
        g_free(vm->firmware);
        g_free(vm->initrd);
        g_free(vm->system);
        g_free(vm->newer);
        g_free(vm->cmdline);
        g_strfreev(vm->devices);
    }
    g_free(handset->file);
    g_free(handset->name);
    g_free(handset->board);
    g_free(handset->skin);
    memset(handset, 0, sizeof(*handset));
}
