/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The configuration table that EL2 will use: a wrong one would make it halt without a word. */
#include <gio/gio.h>
#include <inttypes.h>

#include "phone/handset.h"
#include "phonebooth/table.h"

/* The first byte behind all that VMs have of the board's memory. */
static uint64_t memory_end(const struct pb_table *table)
{
    uint64_t end = 0;

    for (unsigned i = 0; i < MIN(table->vm_count, PB_MAX_VMS); i++) {
        const struct pb_vm *vm = &table->vm[i];
        end = MAX(end, vm->ram_pa + vm->ram_size);
        if (vm->l3_pa) { /* 8 KiB per 2 MiB */
            end = MAX(end, vm->l3_pa + vm->ram_size / 256);
        }
    }
    return end;
}

bool handset_check_table(const struct handset *handset, const char *path, const void *data,
                         gsize size, GError **error)
{
    const struct pb_table *table = data;

    if (size < sizeof(*table) || table->magic != PB_TABLE_MAGIC ||
        table->version != PB_TABLE_VERSION || table->size != size) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "%s is not a table of this version (%u), or truncated; `make images` builds it",
                    path, PB_TABLE_VERSION);
        return false;
    }
    uint64_t memory = (uint64_t)handset->memory_mib << 20;
    uint64_t base = handset->board->dram.base;
    uint64_t end = memory_end(table);
    if (end > base + memory) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "%s/%s: [handset] memory: %u MiB, but the VMs of %s need %" PRIu64
                    " MiB; pack the handset again with other memory instead",
                    handset->dir, HANDSET_FILE, handset->memory_mib, path,
                    (end - base + (1 << 20) - 1) >> 20);
        return false;
    }
    return true;
}
