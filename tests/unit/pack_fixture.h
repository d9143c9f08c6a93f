/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A board and handsets for pack's tests, in a temporary folder that goes away with them. */
#ifndef PACK_FIXTURE_H
#define PACK_FIXTURE_H

#include <CUnit/Basic.h>
#include <glib.h>

#include "board.h"
#include "handset.h"
#include "plan.h"

/* A handset description: switchboard, two personas, one real-time guest. */
extern const char fixture_phone[];

struct fixture {
    char *folder;
    GBytes *dtb;
    struct pack_board board;
    struct pack_handset handset;
    struct pack_plan plan;
};

/* A flattened tree like board one's: 4 CPUs, GICv3, 8 UARTs, clock, display, four eMMCs, DMA
 * firewall.
 */
GBytes *fixture_board(guint64 memory);

void fixture_init(struct fixture *fixture, guint64 memory);
void fixture_finish(struct fixture *fixture);

/* Writes `text` as file `name` of the folder; returns its path (g_free). */
char *fixture_write(const struct fixture *fixture, const char *name, const char *text);

/* The same with `size` bytes: the start of them is `text`, the others are 0. */
char *fixture_write_bytes(const struct fixture *fixture, const char *name, const char *text,
                          gsize size);

/* Reads and plans the handset `text`. */
gboolean fixture_plan(struct fixture *fixture, const char *text, GError **error);

/* Asserts that planning `text` fails with a message that has `part` and is one line. */
void fixture_refuses(struct fixture *fixture, const char *text, const char *part);

/* main() of a test program: exit status 0 when all assertions hold. */
int fixture_run(const char *suite, const CU_TestInfo *tests);

#endif
