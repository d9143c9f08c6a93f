/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Fuzzers' device trees: raw bytes behind a right header, or a tree built as the input says. */
#ifndef FDT_SCRIPT_H
#define FDT_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#define FDT_SCRIPT_MAX 8192u

/* A tree of FDT_SCRIPT_MAX bytes at most into `tree`; nodes and properties have names of `words`,
 * which ends with NULL. Returns its size; 0: the input is too short. */
uint32_t fdt_script(const uint8_t *data, size_t size, const char *const *words, void *tree);

#endif
