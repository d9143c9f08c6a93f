/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "barname.h"
#include "board_find.h"
#include "error.h"
#include "inputs.h"
#include "kept_image.h"
#include "output.h"

static gboolean read_switchboard(struct pack_inputs *in, const struct pack_options *options,
                                 guint vm, GError **error)
{
    const char *path = options->switchboard;

    if (!path) {
        return pack_fail(error, "build: this handset needs --switchboard");
    }
    in->files[vm].program = pack_input(path, error);
    return in->files[vm].program != NULL;
}

static gboolean read_images(struct pack_inputs *in, const struct pack_options *options,
                            GError **error)
{
    for (guint i = 0; i < in->handset.vms; i++) {
        const struct pack_vm *vm = &in->handset.vm[i];

        if (vm->kind == PB_KIND_SWITCHBOARD
                ? !read_switchboard(in, options, i, error)
                : !pack_guest_files_read(&in->files[i], vm, in->handset.file, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_board(struct pack_inputs *in, const struct pack_options *options,
                           GError **error)
{
    const void *data;
    gsize size;

    in->board_file = options->board ? g_strdup(options->board)
                                    : pack_board_find(options->boards, &in->handset, error);
    if (!in->board_file || !(in->dtb = pack_input(in->board_file, error))) {
        return FALSE;
    }
    data = g_bytes_get_data(in->dtb, &size);
    return pack_board_read(&in->board, data, size, in->board_file, error);
}

static void warn_of_names(const struct pack_handset *handset)
{
    for (guint i = 0; i < handset->vms; i++) {
        g_autofree char *warning = pack_barname_warning(&handset->vm[i]);

        if (warning) {
            g_printerr("pack: %s: %s\n", handset->file, warning);
        }
    }
}

static gboolean read_measure(struct pack_inputs *in, const struct pack_options *options,
                             GError **error)
{
    if (!options->measure) {
        return TRUE;
    }
    in->measure = pack_input(options->measure, error);
    return in->measure != NULL;
}

gboolean pack_inputs_read(struct pack_inputs *in, const struct pack_options *options,
                          GError **error)
{
    memset(in, 0, sizeof(*in));
    if (!pack_handset_read(&in->handset, options->handset, (const char *const *)options->images,
                           error) ||
        (!options->any_image && !pack_kept_image_use(&in->handset, options->out, error)) ||
        !read_board(in, options, error) || !read_images(in, options, error) ||
        !read_measure(in, options, error)) {
        return FALSE;
    }
    warn_of_names(&in->handset);
    return TRUE;
}

void pack_inputs_finish(struct pack_inputs *in)
{
    for (guint i = 0; i < PB_MAX_VMS; i++) {
        pack_guest_files_finish(&in->files[i]);
    }
    g_clear_pointer(&in->measure, g_bytes_unref);
    g_clear_pointer(&in->dtb, g_bytes_unref);
    g_free(in->board_file);
    pack_handset_finish(&in->handset);
}
