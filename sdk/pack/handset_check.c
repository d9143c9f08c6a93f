/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "error.h"
#include "handset_check.h"
#include "keys.h"
#include "stage2.h"

#define MAX_PCPU      (PB_MAX_PCPUS - 1)
#define MIN_PERIOD    1000u
#define MAX_CMDLINE32 1023u /* bytes of it that Linux takes on 32-bit Arm, COMMAND_LINE_SIZE */
#define MIN_VM_MEMORY (2 * S2_BLOCK)

static gboolean check_resources(const char *file, const struct pack_vm *vm, GError **error)
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
    return TRUE;
}

/* A key that only a persona has; NULL: none. */
static const char *persona_key(const struct pack_vm *vm)
{
    if (vm->battery != PACK_BATTERY_REAL) {
        return "battery";
    }
    if (vm->position.view) {
        return "position";
    }
    if (vm->network || vm->firewall) {
        return vm->network ? "network" : "firewall";
    }
    if (vm->sensors || vm->sound) {
        return vm->sensors ? "sensors" : "sound";
    }
    return vm->microphone ? "microphone" : vm->camera ? "camera" : NULL;
}

static gboolean check_kind(const char *file, const struct pack_vm *vm, GError **error)
{
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
    if (persona_key(vm) && vm->kind != PB_KIND_PERSONA) {
        return pack_fail(error, "%s: [vm %s] %s: only for personas", file, vm->name,
                         persona_key(vm));
    }
    if (vm->devices && !pb_kind_is_service(vm->kind)) {
        return pack_fail(error, "%s: [vm %s] devices: only for the switchboard and kind=service",
                         file, vm->name);
    }
    return TRUE;
}

static gboolean check_images(const char *file, const struct pack_vm *vm, GError **error)
{
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

gboolean pack_handset_check_vm(const char *file, const struct pack_vm *vm, GError **error)
{
    return check_resources(file, vm, error) && check_kind(file, vm, error) &&
           check_images(file, vm, error);
}

gboolean pack_handset_check(const struct pack_handset *handset, GError **error)
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
