/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file of translations: a head, the slots through which translated code calls the program, the
 * blocks, the pages of guest memory that have blocks, then the used part of each region of
 * translated code. The latter are mapped where they were in the process that wrote them, so that
 * all that points from block to block stays as it is. QEMU's side is patch 0031.
 */
#ifndef MACHINE_TRANSLATIONS_FILE_H
#define MACHINE_TRANSLATIONS_FILE_H

#include "tcg/tcg.h"
#include "tcg/tcg-internal.h"
#include "accel/tcg/tb-internal.h"

#define TRANSLATIONS_MAGIC   "PBTRANS1"
#define TRANSLATIONS_REGIONS 128
#define TRANSLATIONS_PAGE    4096u
#define TRANSLATIONS_SHA256  65 /* digits and their end */

struct translations_page {
    uint64_t index; /* among the pages of all RAM */
    uint64_t first; /* its first block, QEMU's tagged pointer */
};

struct translations_head {
    char magic[8];
    char program[TRANSLATIONS_SHA256];
    char memory[TRANSLATIONS_SHA256]; /* translations_name_memory() */
    uint32_t host;                    /* features of the host's CPU */
    uint32_t view_size;
    struct tcg_region_view view;
    uint64_t block_count, page_count;
    uint64_t used[TRANSLATIONS_REGIONS]; /* bytes of each region in the file */
};

/* Offsets in the file; each part begins at a page. */
struct translations_layout {
    uint64_t slots, blocks, pages, code, end;
};

uint64_t translations_whole_pages(uint64_t bytes);
struct translations_layout translations_lay_out(const struct translations_head *head);

/* Which memory of the machine is where, as SHA-256. */
void translations_name_memory(char name[TRANSLATIONS_SHA256]);

#endif
