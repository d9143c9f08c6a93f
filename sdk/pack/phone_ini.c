/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <inttypes.h>

#include "phone_ini.h"

static void write_vm(GKeyFile *ini, const struct pack_plan *plan, guint id)
{
    const struct pack_vm *vm = &plan->handset->vm[id];
    g_autofree char *group = g_strdup_printf("vm %u", id);
    g_autofree char *colour = g_strdup_printf("#%06x", vm->colour);

    g_key_file_set_string(ini, group, "name", vm->name);
    g_key_file_set_string(ini, group, "display-name", vm->display_name);
    g_key_file_set_string(ini, group, "kind", pb_kind_names()[vm->kind]);
    g_key_file_set_string(ini, group, "colour", colour);
    if (vm->kind != PB_KIND_SWITCHBOARD) {
        g_key_file_set_boolean(ini, group, "autostart", vm->autostart);
    }
    if (vm->network) {
        g_key_file_set_string(ini, group, "network", pack_networks[vm->network]);
    }
    if (vm->firewall) {
        g_key_file_set_string(ini, group, "firewall", vm->firewall);
    }
    if (vm->uart != PACK_NO_UART) {
        g_key_file_set_integer(ini, group, "uart", vm->uart);
    }
    if (vm->service_uart != PACK_NO_UART) {
        g_key_file_set_integer(ini, group, "service-uart", vm->service_uart);
    }
    if (vm->data_size) {
        g_key_file_set_uint64(ini, group, "data-slot", plan->place[id].data_slot);
    }
}

static void write_handset(GKeyFile *ini, const struct pack_plan *plan)
{
    const struct pack_handset *handset = plan->handset;
    guint64 memory = handset->memory ? handset->memory : plan->board->memory.size;

    g_key_file_set_string(ini, "handset", "name", handset->name);
    g_key_file_set_uint64(ini, "handset", "memory", memory >> 20);
    g_key_file_set_string(ini, "handset", "kernel", "hypervisor.elf");
    if (*plan->board->name) {
        g_key_file_set_string(ini, "handset", "board", plan->board->name);
    }
    if (handset->skin) {
        g_key_file_set_string(ini, "handset", "skin", handset->skin);
    }
}

/* Sizes of what does not change, so that a truncated file is found before it is used. */
static void write_files(GKeyFile *ini, const struct pack_phone_files *files)
{
    for (gsize i = 0; i < files->loads; i++) {
        const struct pack_load *load = &files->load[i];
        g_autofree char *address = g_strdup_printf("0x%" PRIx64, load->address);

        g_key_file_set_string(ini, "load", load->file, address);
        g_key_file_set_uint64(ini, "size", load->file, load->size);
    }
    for (guint i = 0; i <= PB_MAX_VMS; i++) {
        g_autofree char *slot = g_strdup_printf("%u", i);

        if (files->disk[i]) {
            g_key_file_set_string(ini, "emmc", slot, files->disk[i]);
        }
    }
    if (files->system_size) {
        g_key_file_set_uint64(ini, "size", files->disk[0], files->system_size);
    }
}

GBytes *pack_phone_ini_make(const struct pack_plan *plan, const struct pack_phone_files *files)
{
    g_autoptr(GKeyFile) ini = g_key_file_new();
    gsize length;
    char *text;

    write_handset(ini, plan);
    write_files(ini, files);
    for (guint i = 0; i < plan->handset->vms; i++) {
        write_vm(ini, plan, i);
    }
    text = g_key_file_to_data(ini, &length, NULL);
    return g_bytes_new_take(text, length);
}
