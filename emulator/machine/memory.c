/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "qemu/madvise.h"
#include "exec/cpu-common.h"
#include "hw/core/cpu.h"
#include "qapi/error.h"
#include "machine/memory.h"

void memory_read(uint64_t address, void *to, size_t size)
{
    cpu_physical_memory_read(address, to, size);
}

void memory_write(uint64_t address, const void *from, size_t size)
{
    cpu_physical_memory_write(address, from, size);
}

void memory_clear(uint64_t address, size_t size)
{
    g_autofree void *zeros = g_malloc0(size);
    cpu_physical_memory_write(address, zeros, size);
}

static int use_small_pages(RAMBlock *block, void *opaque)
{
    qemu_madvise(qemu_ram_get_host_addr(block), qemu_ram_get_max_length(block),
                 QEMU_MADV_NOHUGEPAGE);
    return 0;
}

void memory_use_small_pages(void)
{
    qemu_ram_foreach_block(use_small_pages, NULL);
}

uint64_t memory_counter_hz(void)
{
    return object_property_get_uint(OBJECT(first_cpu), "cntfrq", &error_abort);
}
