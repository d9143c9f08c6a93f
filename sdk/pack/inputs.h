/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* All that `pack build` reads: the description, the board, the guests' files. */
#ifndef PACK_INPUTS_H
#define PACK_INPUTS_H

#include "board.h"
#include "build.h"
#include "guest_files.h"
#include "handset.h"

struct pack_inputs {
    struct pack_handset handset;
    char *board_file;
    GBytes *dtb; /* of the board */
    struct pack_board board;
    GBytes *measure;                           /* or NULL: no VM is measured */
    struct pack_guest_files files[PB_MAX_VMS]; /* of each VM */
};

/*
 * Reads what `options` names, and prints a warning for each name that the bar cannot show. Nothing
 * is written. Free with pack_inputs_finish(), after a failure too.
 */
gboolean pack_inputs_read(struct pack_inputs *in, const struct pack_options *options,
                          GError **error);
void pack_inputs_finish(struct pack_inputs *in);

#endif
