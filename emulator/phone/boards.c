/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/boards.h"

#include <string.h>

#include "boards/boards.h" /* made by emulator/boards/generate */

const struct board *boards_find(const char *name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(boards); i++) {
        if (strcmp(boards[i].name, name) == 0) {
            return &boards[i];
        }
    }
    return NULL;
}

unsigned boards_count(const struct board *board, enum board_kind kind)
{
    unsigned count = 0;

    for (unsigned i = 0; i < board->parts; i++) {
        count += board->part[i].kind == kind;
    }
    return count;
}

char *boards_names(void)
{
    GString *names = g_string_new(NULL);

    for (unsigned i = 0; i < G_N_ELEMENTS(boards); i++) {
        g_string_append_printf(names, "%s%s", i ? ", " : "", boards[i].name);
    }
    return g_string_free(names, FALSE);
}
