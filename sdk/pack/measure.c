/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "error.h"
#include "measure.h"
#include "phonebooth/measure.h"
#include "stage2.h"

#define BLOCK 64u

static void hash_region(GChecksum *sha, guint64 ipa, GBytes *bytes)
{
    static const guint8 zeros[BLOCK];
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    guint64 header[BLOCK / 8] = {GUINT64_TO_LE(ipa), GUINT64_TO_LE(size)};

    g_checksum_update(sha, (const guint8 *)header, sizeof(header));
    g_checksum_update(sha, data, (gssize)size);
    if (size % BLOCK) {
        g_checksum_update(sha, zeros, (gssize)(BLOCK - size % BLOCK));
    }
}

gboolean pack_measure(struct pack_plan *plan, guint vm, GBytes *program, GBytes *kernel,
                      GBytes *initrd, GBytes *dtb, GError **error)
{
    struct pack_place *place = &plan->place[vm];
    const struct pack_vm *config = &plan->handset->vm[vm];
    GBytes *const files[] = {kernel, initrd, dtb};
    const guint64 ipa[] = {place->kernel_ipa, place->initrd_ipa, place->dtb_ipa};
    g_autoptr(GChecksum) sha = g_checksum_new(G_CHECKSUM_SHA256);
    struct pb_measure list = {
        .entry = place->kernel_ipa, .x0 = place->dtb_ipa, .stack = place->ram_ipa + config->memory};
    gsize size, length = sizeof(place->rim);
    const void *data = g_bytes_get_data(program, &size);
    guint8 *pages;

    if (size > PB_MEASURE_PROGRAM) {
        return pack_fail(error,
                         "the measuring program has %" G_GSIZE_FORMAT " bytes, at most %u fit",
                         size, PB_MEASURE_PROGRAM);
    }
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        if (!files[i]) {
            continue;
        }
        list.region[list.regions].ipa = ipa[i];
        list.region[list.regions++].size = g_bytes_get_size(files[i]);
        if (ipa[i] % BLOCK || ipa[i] + g_bytes_get_size(files[i]) > list.stack - S2_PAGE) {
            return pack_fail(error, "%s: [vm %s] memory: too little to measure its boot files",
                             plan->handset->file, config->name);
        }
        hash_region(sha, ipa[i], files[i]);
    }
    g_checksum_get_digest(sha, place->rim, &length);
    pages = g_malloc0(PB_MEASURE_PROGRAM + S2_PAGE);
    memcpy(pages, data, size);
    memcpy(pages + PB_MEASURE_PROGRAM, &list, sizeof(list));
    place->measure = g_bytes_new_take(pages, PB_MEASURE_PROGRAM + S2_PAGE);
    return TRUE;
}
