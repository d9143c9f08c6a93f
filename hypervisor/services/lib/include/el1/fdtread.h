/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Small readers on top of libfdt. */
#ifndef FDTREAD_H
#define FDTREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Number `index` of a property as <u64...> or, where the length is not a multiple of 8, <u32...>.
 * fallback: no such property, or it is shorter.
 */
uint64_t fdt_read_u64(const void *fdt, int node, const char *name, unsigned index,
                      uint64_t fallback);
uint32_t fdt_read_u32(const void *fdt, int node, const char *name, uint32_t fallback);

/* A string property into text, cut to size; "" if it is absent or not NUL-terminated. */
void fdt_read_text(const void *fdt, int node, const char *name, char *text, size_t size);

/* Entry `index` of `reg` by the parent's cell counts; buses between are taken as one to one. */
bool fdt_read_reg(const void *fdt, int node, unsigned index, uint64_t *base, uint64_t *size);

/* INTID of entry `index` of `interrupts` in the GICv3 binding <type number flags>; 0: none. */
uint32_t fdt_read_intid(const void *fdt, int node, unsigned index);

#endif
