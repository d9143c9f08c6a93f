/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "board.h"
#include "build.h"
#include "error.h"
#include "handset.h"
#include "plan.h"
#include "table.h"

struct build {
    const struct pack_options *options;
    GMappedFile *dtb;
    GMappedFile *kernel[PB_MAX_VMS];
    struct pack_board board;
    struct pack_handset handset;
    struct pack_plan plan;
};

static GMappedFile *map_file(const char *path, GError **error)
{
    GMappedFile *file = g_mapped_file_new(path, FALSE, error);

    if (file && !g_mapped_file_get_length(file)) {
        pack_fail(error, "%s: is empty; make it again", path);
        g_clear_pointer(&file, g_mapped_file_unref);
    }
    return file;
}

static gboolean read_inputs(struct build *b, GError **error)
{
    const struct pack_options *options = b->options;
    gboolean linux_image[PB_MAX_VMS] = {FALSE};

    b->dtb = map_file(options->board, error);
    if (!b->dtb ||
        !pack_board_read(&b->board, g_mapped_file_get_contents(b->dtb),
                         g_mapped_file_get_length(b->dtb), options->board, error) ||
        !pack_handset_read(&b->handset, options->handset, options->images, error))
        return FALSE;
    for (guint i = 0; i < b->handset.vms; i++) {
        const struct pack_vm *vm = &b->handset.vm[i];

        if (vm->kind == PACK_SWITCHBOARD)
            continue;
        b->kernel[i] = map_file(vm->kernel, error);
        if (!b->kernel[i]) {
            g_prefix_error(error, "%s: [vm %s] kernel: ", b->handset.file, vm->name);
            return FALSE;
        }
        linux_image[i] = pack_is_linux(g_mapped_file_get_contents(b->kernel[i]),
                                       g_mapped_file_get_length(b->kernel[i]));
    }
    return pack_plan_make(&b->plan, &b->board, &b->handset, linux_image, error);
}

/* g_file_set_contents() writes a temporary file and renames it. */
static gboolean write_bytes(struct build *b, const char *name, GBytes *bytes, GError **error)
{
    g_autofree char *path = g_build_filename(b->options->out, name, NULL);
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);

    return g_file_set_contents(path, data, (gssize)size, error);
}

static gboolean write_table(struct build *b, GError **error)
{
    g_autoptr(GBytes) table = pack_table_make(&b->plan, error);

    return table && write_bytes(b, "table.bin", table, error);
}

static gboolean write_all(struct build *b, GError **error)
{
    if (g_mkdir_with_parents(b->options->out, 0777))
        return pack_fail(error, "%s: cannot make this folder: %s", b->options->out,
                         g_strerror(errno));
    return write_table(b, error);
}

gboolean pack_build(const struct pack_options *options, GError **error)
{
    struct build b = {.options = options};
    gboolean ok = read_inputs(&b, error) && write_all(&b, error);

    for (guint i = 0; i < PB_MAX_VMS; i++)
        g_clear_pointer(&b.kernel[i], g_mapped_file_unref);
    g_clear_pointer(&b.dtb, g_mapped_file_unref);
    pack_handset_finish(&b.handset);
    return ok;
}
