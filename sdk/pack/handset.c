/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "error.h"
#include "handset.h"
#include "keys.h"
#include "stage2.h"

#define MAX_PCPU      (PB_MAX_PCPUS - 1)
#define MAX_SLICE     1000000u /* us */
#define MIN_PERIOD    1000u
#define MAX_CMDLINE   2047u /* bytes that Linux takes, COMMAND_LINE_SIZE; */
#define MAX_CMDLINE32 1023u /* on 32-bit Arm */
#define MIN_VM_MEMORY (2 * S2_BLOCK)

static const char *const arches[] = {"arm64", "arm", NULL};
static const char *const shares[] = {"none", "all", NULL};
static const char *const formats[] = {"auto", "flat", NULL};

#define KEY(name, type, field) PACK_KEY(struct pack_handset, name, type, field)

static const struct pack_key handset_keys[] = {
    KEY("name", KEY_NAME, name),         KEY("board", KEY_NAME, board),
    KEY("skin", KEY_NAME, skin),         KEY("memory", KEY_MEMORY, memory),
    KEY("el2-uart", KEY_UART, el2_uart),
};

#undef KEY
#define KEY(name, type, field)             PACK_KEY(struct pack_vm, name, type, field)
#define KEY_UP_TO(name, type, field, most) PACK_KEY(struct pack_vm, name, type, field, .max = most)
#define KEY_ONE_OF(name, field, list) \
    PACK_KEY(struct pack_vm, name, KEY_CHOICE, field, .choices = list)

/* What a profile may say: it moves with the persona, so nothing about the handset. */
static const struct pack_key profile_keys[] = {
    KEY("name", KEY_NAME, name),
    KEY("display-name", KEY_STRING, display_name),
    KEY("colour", KEY_COLOUR, colour),
};

static const struct pack_key system_keys[] = {
    KEY_ONE_OF("arch", arch, arches),
    KEY("kernel", KEY_STRING, kernel),
    KEY_ONE_OF("format", is_flat, formats),
    KEY("firmware", KEY_STRING, firmware),
    KEY("initrd", KEY_STRING, initrd),
    KEY("system", KEY_STRING, system),
    KEY_UP_TO("cmdline", KEY_STRING, cmdline, MAX_CMDLINE),
};

static const struct pack_key data_keys[] = {
    KEY("size", KEY_SIZE, data_size),
};

static const struct pack_key resource_keys[] = {
    KEY("memory", KEY_MEMORY, memory),
    KEY_UP_TO("vcpus", KEY_UINT, vcpus, PB_MAX_VM_VCPUS),
    KEY_ONE_OF("share", share_all, shares),
    KEY("protected", KEY_BOOL, is_protected),
};

/* What the handset says: everything. */
static const struct pack_key vm_keys[] = {
    KEY("kind", KEY_KIND, kind),
    KEY_ONE_OF("arch", arch, arches),
    KEY("display-name", KEY_STRING, display_name),
    KEY("colour", KEY_COLOUR, colour),
    KEY("memory", KEY_MEMORY, memory),
    KEY_UP_TO("vcpus", KEY_UINT, vcpus, PB_MAX_VM_VCPUS),
    KEY_UP_TO("pcpus", KEY_LIST, pcpu, PB_MAX_VM_VCPUS),
    KEY_UP_TO("priority", KEY_UINT, priority, 7),
    KEY_UP_TO("slice-us", KEY_UINT, slice_us, MAX_SLICE),
    KEY_UP_TO("period-us", KEY_UINT, period_us, MAX_SLICE),
    KEY("uart", KEY_UART, uart),
    KEY("service-uart", KEY_UART, service_uart),
    KEY("devices", KEY_NAMES, devices),
    KEY_ONE_OF("share", share_all, shares),
    KEY("protected", KEY_BOOL, is_protected),
    KEY("autostart", KEY_BOOL, autostart),
    KEY("join", KEY_NAME, join),
    KEY("kernel", KEY_STRING, kernel),
    KEY_ONE_OF("format", is_flat, formats),
    KEY("firmware", KEY_STRING, firmware),
    KEY("initrd", KEY_STRING, initrd),
    KEY_UP_TO("cmdline", KEY_STRING, cmdline, MAX_CMDLINE),
    KEY("system", KEY_STRING, system),
    KEY("data-size", KEY_SIZE, data_size),
};

#undef KEY
#undef KEY_UP_TO
#undef KEY_ONE_OF

static const struct profile_group {
    const char *group;
    const struct pack_key *keys;
    gsize count;
} profile_groups[] = {
    {"profile", profile_keys, G_N_ELEMENTS(profile_keys)},
    {"system", system_keys, G_N_ELEMENTS(system_keys)},
    {"data", data_keys, G_N_ELEMENTS(data_keys)},
    {"vm", resource_keys, G_N_ELEMENTS(resource_keys)},
};

const char *pack_arch_name(enum pack_arch arch)
{
    return arches[arch];
}

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

static const struct profile_group *find_group(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(profile_groups); i++) {
        if (!strcmp(profile_groups[i].group, name)) {
            return &profile_groups[i];
        }
    }
    return NULL;
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
        const struct profile_group *group = find_group(*name);

        if (!group) {
            return pack_fail(error, "%s: [%s]: unknown group; use profile, system, data or vm",
                             file, *name);
        }
        if (!pack_keys_read(ini, file, *name, group->keys, group->count, vm, error)) {
            return FALSE;
        }
    }
    resolve_all(vm, folder, images);
    return TRUE;
}

static gboolean check_vm(const char *file, const struct pack_vm *vm, GError **error)
{
    if (!pack_keys_is_name(vm->name) || !strcmp(vm->name, "next") || !strcmp(vm->name, "el2")) {
        return pack_fail(error,
                         "%s: [vm %s]: not a name for a VM; use lower case letters, digits and '-',"
                         " at most 15, but not next or el2",
                         file, vm->name);
    }
    if (vm->memory < MIN_VM_MEMORY || vm->memory % S2_BLOCK) {
        return pack_fail(error, "%s: [vm %s] memory: give a multiple of 2M, at least 4M", file,
                         vm->name);
    }
    if (!vm->vcpus) {
        return pack_fail(error, "%s: [vm %s] vcpus: give at least 1", file, vm->name);
    }
    for (guint i = 0; i < vm->vcpus; i++) {
        if (vm->pcpu[i] > MAX_PCPU) {
            return pack_fail(error, "%s: [vm %s] pcpus: no such CPU; give %u numbers from 0 to %d",
                             file, vm->name, vm->vcpus, MAX_PCPU);
        }
    }
    if (vm->period_us && (vm->period_us < MIN_PERIOD || !vm->slice_us || !vm->priority ||
                          vm->slice_us >= vm->period_us)) {
        return pack_fail(error,
                         "%s: [vm %s] period-us: give at least %u, a shorter slice-us, which is the"
                         " budget, and a priority above 0",
                         file, vm->name, MIN_PERIOD);
    }
    if (vm->is_protected && (vm->share_all || vm->firmware || pb_kind_is_service(vm->kind))) {
        return pack_fail(
            error, "%s: [vm %s] protected: not with share=all, not with firmware, nor a service",
            file, vm->name);
    }
    if (pb_kind_is_service(vm->kind) &&
        (vm->arch != PACK_ARM64 || vm->firmware || vm->initrd || vm->system || vm->data_size)) {
        return pack_fail(error,
                         "%s: [vm %s] kind: a service is arm64, without firmware, initrd and disks",
                         file, vm->name);
    }
    if (vm->devices && !pb_kind_is_service(vm->kind)) {
        return pack_fail(error, "%s: [vm %s] devices: only for the switchboard and kind=service",
                         file, vm->name);
    }
    if (vm->arch == PACK_ARM && vm->cmdline && strlen(vm->cmdline) > MAX_CMDLINE32) {
        return pack_fail(error, "%s: [vm %s] cmdline: with arch=arm at most %u bytes", file,
                         vm->name, MAX_CMDLINE32);
    }
    if (vm->kind != PB_KIND_SWITCHBOARD && !vm->kernel && !vm->firmware) {
        return pack_fail(error, "%s: [vm %s] kernel: missing; name an image or a profile", file,
                         vm->name);
    }
    if (vm->kernel && vm->firmware) {
        return pack_fail(error, "%s: [vm %s] firmware: there is a kernel too; remove one", file,
                         vm->name);
    }
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
    if (!pack_keys_read(ini, file, group, vm_keys, G_N_ELEMENTS(vm_keys), vm, error)) {
        return FALSE;
    }
    resolve_all(vm, folder, images);
    if (!vm->display_name) {
        vm->display_name = g_strdup(vm->name);
    }
    return check_vm(file, vm, error);
}

static gboolean check_handset(const struct pack_handset *handset, GError **error)
{
    if (!handset->name) {
        return pack_fail(error, "%s: [handset] name: missing; add one", handset->file);
    }
    if (!handset->vms) {
        return pack_fail(error, "%s: no VM; add a group [vm NAME]", handset->file);
    }
    if (pack_handset_switchboard(handset) > 0) {
        return pack_fail(error, "%s: [vm %s]: the switchboard must be the first VM", handset->file,
                         handset->vm[pack_handset_switchboard(handset)].name);
    }
    return TRUE;
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
            ok = pack_keys_read(ini, file, *group, handset_keys, G_N_ELEMENTS(handset_keys),
                                handset, error);
        } else if (g_str_has_prefix(*group, "vm ")) {
            ok = read_vm(handset, ini, *group, images, error);
        } else {
            ok = pack_fail(error, "%s: [%s]: unknown group; use handset or vm NAME", file, *group);
        }
        if (!ok) {
            return FALSE;
        }
    }
    return check_handset(handset, error);
}

void pack_handset_finish(struct pack_handset *handset)
{
    for (guint i = 0; i < handset->vms; i++) {
        struct pack_vm *vm = &handset->vm[i];

        g_free(vm->name);
        g_free(vm->display_name);
        g_free(vm->join);
        g_free(vm->kernel);
        g_free(vm->firmware);
        g_free(vm->initrd);
        g_free(vm->system);
        g_free(vm->cmdline);
        g_strfreev(vm->devices);
    }
    g_free(handset->file);
    g_free(handset->name);
    g_free(handset->board);
    g_free(handset->skin);
    memset(handset, 0, sizeof(*handset));
}
