/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "el2.h"

#include <phonebooth/table.h>

/* Descriptor bits of EL2's stage 1: AttrIndx[4:2] in MAIR_EL2 (start.S), AP[7:6], SH[9:8], AF, XN
 */
#define S1_RES1   (1ull << 6) /* AP[1] */
#define S1_RO     (1ull << 7)
#define S1_NORMAL (S1_RES1 | S2_INNER | S2_AF)
#define S1_DEVICE (1ull << 2 | S1_RES1 | S2_AF | S2_XN)
#define S1_DATA   (S1_NORMAL | S2_XN)

struct region {
    guint64 base;
    guint64 size;
    guint64 attributes;
};

gboolean pack_el2_map(struct pack_s2 *s2, const struct pack_plan *plan, guint64 uart, guint64 *root,
                      GError **error)
{
    const struct pack_board *board = plan->board;
    const guint64 data = PB_EL2_RODATA + PB_EL2_RODATA_SIZE;
    const struct region regions[] = {
        {PB_EL2_TEXT, PB_EL2_TEXT_SIZE, S1_NORMAL | S1_RO},
        {PB_EL2_RODATA, PB_EL2_RODATA_SIZE, S1_DATA | S1_RO},
        {data, PB_EL2_TEXT + S2_BLOCK - data, S1_DATA},
        {plan->dram.base, plan->dram.size & ~(S2_PAGE - 1), S1_DATA},
        {board->gicd.base, 0x10000, S1_DEVICE},
        {board->gicr.base, 0x20000 * board->cpus, S1_DEVICE},
        {uart, uart ? S2_PAGE : 0, S1_DEVICE},
        {board->firewall, board->firewall ? S2_PAGE : 0, S1_DEVICE},
    };

    *root = pack_s2_new_root(s2);
    for (guint i = 0; i < G_N_ELEMENTS(regions); i++) {
        const struct region *r = &regions[i];

        if (!pack_s2_map(s2, *root, r->base, r->base, r->size, r->attributes, error)) {
            g_prefix_error(error, "EL2: ");
            return FALSE;
        }
    }
    return TRUE;
}
