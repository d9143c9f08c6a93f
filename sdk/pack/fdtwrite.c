/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <inttypes.h>
#include <string.h>

#include <libfdt.h>

#include "error.h"
#include "fdtwrite.h"

#define MAX_CELLS 64

static void note(struct pack_fdt *fdt, int error)
{
    if (!fdt->error) {
        fdt->error = error;
    }
}

void pack_fdt_begin(struct pack_fdt *fdt, gsize size)
{
    fdt->buffer = g_malloc0(size);
    fdt->error = fdt_create(fdt->buffer, (int)size);
    note(fdt, fdt_finish_reservemap(fdt->buffer));
    note(fdt, fdt_begin_node(fdt->buffer, ""));
}

GBytes *pack_fdt_end(struct pack_fdt *fdt, const char *what, GError **error)
{
    note(fdt, fdt_end_node(fdt->buffer));
    note(fdt, fdt_finish(fdt->buffer));
    if (fdt->error) {
        pack_fail(error, "%s: cannot write its device tree: %s; shorten its texts", what,
                  fdt_strerror(fdt->error));
        g_clear_pointer(&fdt->buffer, g_free);
        return NULL;
    }
    return g_bytes_new_take(fdt->buffer, fdt_totalsize(fdt->buffer));
}

void pack_fdt_node(struct pack_fdt *fdt, const char *name)
{
    note(fdt, fdt_begin_node(fdt->buffer, name));
}

void pack_fdt_node_at(struct pack_fdt *fdt, const char *name, guint64 unit)
{
    g_autofree char *full = g_strdup_printf("%s@%" PRIx64, name, unit);

    pack_fdt_node(fdt, full);
}

void pack_fdt_end_node(struct pack_fdt *fdt)
{
    note(fdt, fdt_end_node(fdt->buffer));
}

void pack_fdt_room(struct pack_fdt *fdt, const char *name, gsize size)
{
    g_autofree char *zeros = g_malloc0(size);

    note(fdt, fdt_property(fdt->buffer, name, zeros, (int)size));
}

void pack_fdt_empty(struct pack_fdt *fdt, const char *name)
{
    note(fdt, fdt_property(fdt->buffer, name, NULL, 0));
}

void pack_fdt_u8(struct pack_fdt *fdt, const char *name, guint8 value)
{
    note(fdt, fdt_property(fdt->buffer, name, &value, sizeof(value)));
}

void pack_fdt_u32(struct pack_fdt *fdt, const char *name, guint32 value)
{
    note(fdt, fdt_property_u32(fdt->buffer, name, value));
}

void pack_fdt_u64(struct pack_fdt *fdt, const char *name, guint64 value)
{
    note(fdt, fdt_property_u64(fdt->buffer, name, value));
}

void pack_fdt_string(struct pack_fdt *fdt, const char *name, const char *value)
{
    note(fdt, fdt_property_string(fdt->buffer, name, value));
}

void pack_fdt_strings(struct pack_fdt *fdt, const char *name, const char *const *list)
{
    g_autoptr(GString) joined = g_string_new(NULL);

    for (; *list; list++) {
        g_string_append_len(joined, *list, (gssize)strlen(*list) + 1);
    }
    note(fdt, fdt_property(fdt->buffer, name, joined->str, (int)joined->len));
}

void pack_fdt_cells(struct pack_fdt *fdt, const char *name, const guint32 *cells, gsize count)
{
    fdt32_t value[MAX_CELLS];

    if (count > MAX_CELLS) {
        note(fdt, -FDT_ERR_NOSPACE);
        return;
    }
    for (gsize i = 0; i < count; i++) {
        value[i] = cpu_to_fdt32(cells[i]);
    }
    note(fdt, fdt_property(fdt->buffer, name, value, (int)(count * sizeof(*value))));
}

void pack_fdt_reg(struct pack_fdt *fdt, const char *name, const struct pack_range *ranges,
                  gsize count)
{
    guint32 cells[MAX_CELLS];

    if (count > MAX_CELLS / 4) {
        note(fdt, -FDT_ERR_NOSPACE);
        return;
    }
    for (gsize i = 0; i < count; i++) {
        cells[4 * i + 0] = (guint32)(ranges[i].base >> 32);
        cells[4 * i + 1] = (guint32)ranges[i].base;
        cells[4 * i + 2] = (guint32)(ranges[i].size >> 32);
        cells[4 * i + 3] = (guint32)ranges[i].size;
    }
    pack_fdt_cells(fdt, name, cells, 4 * count);
}
