/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * libFuzzer target: a handset description, which becomes a table or is refused; and bytes that
 * somebody calls a table, which are read back without trust.
 */
#include <string.h>

#include "pack_fixture.h"
#include "stage2.h"
#include "table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gboolean visit(guint64 ipa, guint64 pa, guint64 size, guint64 attributes, gpointer user)
{
    (void)ipa;
    (void)pa;
    (void)attributes;
    (void)user;
    return size > 0;
}

static void read_back(const void *data, gsize size)
{
    const struct pb_table *table = pack_table_check(data, size, "table.bin", NULL);

    for (guint i = 0; table && i < table->vm_count; i++) {
        pack_s2_walk((const guint8 *)data, size, PB_TABLE_PA, table->vm[i].s2_root, visit, NULL);
    }
}

/* The table of the fixture's phone with some bytes changed: offset, value, ... */
static void damaged(const uint8_t *data, size_t size)
{
    static guint8 *whole;
    static gsize length;
    g_autofree guint8 *copy = NULL;

    if (!whole) {
        struct fixture f;
        GBytes *bytes;

        fixture_init(&f, 3ull << 30);
        CU_ASSERT_TRUE_FATAL(fixture_plan(&f, fixture_phone, NULL));
        bytes = pack_table_make(&f.plan, NULL);
        whole = g_bytes_unref_to_data(bytes, &length);
        fixture_finish(&f);
    }
    copy = g_memdup2(whole, length);
    for (; size >= 4; data += 4, size -= 4) {
        gsize at = (data[0] | (gsize)data[1] << 8 | (gsize)(data[2] & 15) << 16) % length;

        copy[at] = data[3];
    }
    read_back(copy, length);
}

static void described(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(GError) error = NULL;
    struct fixture f;

    fixture_init(&f, 3ull << 30);
    if (fixture_plan(&f, text, &error)) {
        g_autoptr(GBytes) bytes = pack_table_make(&f.plan, NULL);

        if (bytes) {
            gsize length;
            const void *table = g_bytes_get_data(bytes, &length);

            CU_ASSERT_PTR_NOT_NULL(pack_table_check(table, length, "table.bin", NULL));
            read_back(table, length);
        }
    } else {
        CU_ASSERT_PTR_NOT_NULL(error);
        CU_ASSERT_TRUE(!strchr(error->message, '\n'));
    }
    fixture_finish(&f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size && data[0] < 0x80) {
        described(data, size);
    } else if (size) {
        damaged(data + 1, size - 1);
    }
    return 0;
}
