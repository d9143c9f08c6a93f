/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The symbols of a running kernel, as a file that gdb reads. */
#ifndef BOOTH_KALLSYMS_H
#define BOOTH_KALLSYMS_H

#include <glib.h>

/*
 * Makes an ELF file for 64-bit ARM, with symbols only, of what Linux's /proc/kallsyms says. A guest
 * has written the text: lines that make no sense are passed over. NULL: there is no symbol in it.
 */
GByteArray *kallsyms_elf(const char *text);

#endif
