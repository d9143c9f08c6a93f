/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "error.h"
#include "handset_keys.h"
#include "keys.h"

#define MAX_SLICE   1000000u /* us */
#define MAX_CMDLINE 2047u    /* bytes of it that Linux takes, COMMAND_LINE_SIZE */

static const char *const arches[] = {"arm64", "arm", NULL};
static const char *const shares[] = {"none", "all", NULL};
const char *const pack_views[] = {"real", "fixed", "absent", NULL};
const char *const pack_sounds[] = {"ducked", "mixed", "front", "absent", NULL};
const char *const pack_microphones[] = {"front", "always", "absent", NULL};
const char *const pack_cameras[] = {"real", "absent", NULL};
const char *const pack_networks[] = {"all", "wifi", "cellular", "none", NULL};
static const char *const formats[] = {"auto", "flat", NULL};

/* The groups that may have a key. A profile moves with the persona: it says nothing about the
 * handset. */
enum {
    HANDSET = 1,   /* [handset] of the description */
    VM = 2,        /* [vm NAME] of it */
    PROFILE = 4,   /* and of a profile: [profile], */
    SYSTEM = 8,    /* [system], */
    DATA = 16,     /* [data], */
    RESOURCES = 32 /* [vm] */
};

static const struct {
    const char *name;
    guint bit;
} profile_groups[] = {{"profile", PROFILE}, {"system", SYSTEM}, {"data", DATA}, {"vm", RESOURCES}};

#define KEY(name, type, field) PACK_KEY(struct pack_handset, name, type, field, .groups = HANDSET)

static const struct pack_key handset_keys[] = {
    KEY("name", KEY_NAME, name),         KEY("board", KEY_NAME, board),
    KEY("skin", KEY_NAME, skin),         KEY("memory", KEY_MEMORY, memory),
    KEY("el2-uart", KEY_UART, el2_uart),
};

#undef KEY
#define KEY(where, name, type, field, ...) \
    PACK_KEY(struct pack_vm, name, type, field, .groups = (where), ##__VA_ARGS__)
#define KEY_UP_TO(where, name, type, field, most) KEY(where, name, type, field, .max = most)
#define KEY_ONE_OF(where, name, field, list)      KEY(where, name, KEY_CHOICE, field, .choices = list)

static const struct pack_key vm_keys[] = {
    KEY(PROFILE, "name", KEY_NAME, name),
    KEY(VM, "kind", KEY_KIND, kind),
    KEY_ONE_OF(VM | SYSTEM, "arch", arch, arches),
    KEY(VM | PROFILE, "display-name", KEY_STRING, display_name),
    KEY(VM | PROFILE, "colour", KEY_COLOUR, colour),
    KEY(VM | RESOURCES, "memory", KEY_MEMORY, memory),
    KEY_UP_TO(VM | RESOURCES, "vcpus", KEY_UINT, vcpus, PB_MAX_VM_VCPUS),
    KEY_UP_TO(VM, "pcpus", KEY_LIST, pcpu, PB_MAX_VM_VCPUS),
    KEY_UP_TO(VM, "priority", KEY_UINT, priority, 7),
    KEY_UP_TO(VM, "slice-us", KEY_UINT, slice_us, MAX_SLICE),
    KEY_UP_TO(VM, "period-us", KEY_UINT, period_us, MAX_SLICE),
    KEY(VM, "uart", KEY_UART, uart),
    KEY(VM, "service-uart", KEY_UART, service_uart),
    KEY(VM, "devices", KEY_NAMES, devices),
    KEY_ONE_OF(VM | RESOURCES, "share", share_all, shares),
    KEY(VM | RESOURCES, "protected", KEY_BOOL, is_protected),
    KEY(VM | RESOURCES, "battery", KEY_BATTERY, battery),
    KEY_ONE_OF(VM | RESOURCES, "sensors", sensors, pack_views),
    KEY(VM | RESOURCES, "position", KEY_POSITION, position),
    KEY_ONE_OF(VM | RESOURCES, "sound", sound, pack_sounds),
    KEY_ONE_OF(VM | RESOURCES, "microphone", microphone, pack_microphones),
    KEY_ONE_OF(VM | RESOURCES, "camera", camera, pack_cameras),
    KEY_ONE_OF(VM | RESOURCES, "network", network, pack_networks),
    KEY(VM | RESOURCES, "firewall", KEY_RULES, firewall),
    KEY(VM, "autostart", KEY_BOOL, autostart),
    KEY(VM, "join", KEY_NAME, join),
    KEY(VM | SYSTEM, "kernel", KEY_STRING, kernel),
    KEY_ONE_OF(VM | SYSTEM, "format", is_flat, formats),
    KEY(VM | SYSTEM, "firmware", KEY_STRING, firmware),
    KEY(VM | SYSTEM, "initrd", KEY_STRING, initrd),
    KEY_UP_TO(VM | SYSTEM, "cmdline", KEY_STRING, cmdline, MAX_CMDLINE),
    KEY(VM | SYSTEM, "system", KEY_STRING, system),
    KEY(VM, "data-size", KEY_SIZE, data_size),
    KEY(DATA, "size", KEY_SIZE, data_size),
};

#undef KEY
#undef KEY_UP_TO
#undef KEY_ONE_OF

const char *pack_arch_name(enum pack_arch arch)
{
    return arches[arch];
}

gboolean pack_handset_keys_read(struct pack_handset *handset, GKeyFile *ini, const char *file,
                                const char *group, GError **error)
{
    const struct pack_key_set keys = {handset_keys, G_N_ELEMENTS(handset_keys), HANDSET};

    return pack_keys_read(ini, file, group, &keys, handset, error);
}

gboolean pack_handset_keys_read_vm(struct pack_vm *vm, GKeyFile *ini, const char *file,
                                   const char *group, GError **error)
{
    const struct pack_key_set keys = {vm_keys, G_N_ELEMENTS(vm_keys), VM};

    return pack_keys_read(ini, file, group, &keys, vm, error);
}

gboolean pack_handset_keys_read_profile(struct pack_vm *vm, GKeyFile *ini, const char *file,
                                        const char *group, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(profile_groups); i++) {
        if (!strcmp(profile_groups[i].name, group)) {
            const struct pack_key_set keys = {vm_keys, G_N_ELEMENTS(vm_keys),
                                              profile_groups[i].bit};

            return pack_keys_read(ini, file, group, &keys, vm, error);
        }
    }
    return pack_fail(error, "%s: [%s]: unknown group; use profile, system, data or vm", file,
                     group);
}
