/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Stage-2 translation tables, made on the host. VMSAv8-64 (Arm DDI 0487, D8):
 * 4 KiB granule, 39-bit IPA, start level 1, one 4 KiB table per level. RAM is
 * mapped by 2 MiB blocks where both addresses allow it, never by 1 GiB blocks,
 * so that EL2 can lend and take back any 2 MiB by writing one descriptor.
 */
#ifndef PACK_STAGE2_H
#define PACK_STAGE2_H

#include <glib.h>

#define S2_PAGE     0x1000ull
#define S2_BLOCK    0x200000ull
#define S2_GIB      0x40000000ull
#define S2_IPA_BITS 39

/* Descriptor bits: MemAttr[5:2], S2AP[7:6], SH[9:8], AF[10], XN[54]. */
#define S2_NORMAL_WB    (0xfull << 2)
#define S2_DEVICE_nGnRE (0x1ull << 2)
#define S2_READ         (0x1ull << 6)
#define S2_WRITE        (0x2ull << 6)
#define S2_INNER        (0x3ull << 8)
#define S2_AF           (0x1ull << 10)
#define S2_XN           (0x1ull << 54)
#define S2_ATTRIBUTES   (S2_XN | 0x7fcull)
#define S2_PAGES        0ull /* no attributes: a level-3 table of a protected VM */

#define S2_RAM       (S2_NORMAL_WB | S2_READ | S2_WRITE | S2_INNER | S2_AF)
#define S2_CODE      (S2_NORMAL_WB | S2_READ | S2_INNER | S2_AF)
#define S2_RAM_READ  (S2_NORMAL_WB | S2_READ | S2_INNER | S2_AF | S2_XN)
#define S2_FLASH     (S2_NORMAL_WB | S2_READ | S2_INNER | S2_AF)
#define S2_RAM_DATA  (S2_RAM | S2_XN)
#define S2_DEVICE    (S2_DEVICE_nGnRE | S2_READ | S2_WRITE | S2_AF | S2_XN)
#define S2_DEVICE_RO (S2_DEVICE_nGnRE | S2_READ | S2_AF | S2_XN)

/* All tables of all VMs, one after the other; the first lies at physical address `base`. */
struct pack_s2 {
    guint64 base;
    GByteArray *tables;
};

/* `base` is 4 KiB aligned. Free with pack_s2_finish(). */
void pack_s2_init(struct pack_s2 *s2, guint64 base);
void pack_s2_finish(struct pack_s2 *s2);

/* A new empty level-1 table; returns its physical address. */
guint64 pack_s2_new_root(struct pack_s2 *s2);

/*
 * Maps [ipa, ipa + size) to pa with `attributes`. Everything is a multiple of
 * 4 KiB. Fails if a part is mapped already or lies above 39 bits; the tables
 * are then of no further use.
 */
gboolean pack_s2_map(struct pack_s2 *s2, guint64 root, guint64 ipa, guint64 pa, guint64 size,
                     guint64 attributes, GError **error);

/* Whole pages of data beside the tables; returns their physical address. */
guint64 pack_s2_add(struct pack_s2 *s2, GBytes *pages);

/* Makes the level-2 tables for [ipa, ipa + size), so that EL2 can map blocks there later. */
gboolean pack_s2_reserve(struct pack_s2 *s2, guint64 root, guint64 ipa, guint64 size,
                         GError **error);

/*
 * Maps [ipa, ipa + size), a multiple of 2 MiB, by level-3 tables that lie elsewhere: at l3_pa and
 * then every `step` bytes.
 */
gboolean pack_s2_link(struct pack_s2 *s2, guint64 root, guint64 ipa, guint64 l3_pa, guint64 step,
                      guint64 size, GError **error);

/*
 * The level-3 tables of a protected VM, in pairs for each 2 MiB: of its own half, where all pages
 * are valid, and of the half that others see, where none is. Free with g_bytes_unref().
 */
GBytes *pack_s2_protected(guint64 ram_pa, guint64 size);

/*
 * Called for each page or block in ascending order; FALSE ends the walk. A level-3 table that lies
 * elsewhere is told as a block: pa is the table's, the attributes are S2_PAGES.
 */
typedef gboolean (*pack_s2_visit)(guint64 ipa, guint64 pa, guint64 size, guint64 attributes,
                                  gpointer user);

/*
 * Reads tables back, trusting nothing in them. `tables` are `size` bytes that lie at physical
 * address `base`. FALSE if a descriptor is malformed or points outside, or if `visit` said so.
 */
gboolean pack_s2_walk(const void *tables, gsize size, guint64 base, guint64 root,
                      pack_s2_visit visit, gpointer user);

#endif
