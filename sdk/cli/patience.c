/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "patience.h"

#include "print.h"

#define PAUSE_US (G_USEC_PER_SEC / 2)

void patience_begin(struct patience *patience, const struct cli *cli, double seconds)
{
    g_autoptr(JsonObject) request = cli_request("status"), reply = NULL;
    const gint64 us = (gint64)(seconds * G_USEC_PER_SEC);

    *patience = (struct patience){cli, FALSE, us, g_get_monotonic_time() + us};
    if (us > 0 && cli_call(cli, request, &reply) == EXIT_DONE) {
        patience->stands = print_text_of(reply, "trace_hash", NULL) != NULL;
    }
}

static gboolean advance(struct patience *patience)
{
    g_autoptr(JsonObject) request = cli_request("advance"), reply = NULL;

    if (patience->left_us <= 0) {
        return FALSE;
    }
    patience->left_us -= PAUSE_US;
    json_object_set_int_member(request, "ms", PAUSE_US / 1000);
    return cli_call(patience->cli, request, &reply) == EXIT_DONE;
}

gboolean patience_wait(struct patience *patience)
{
    if (patience->stands) {
        return advance(patience);
    }
    if (g_get_monotonic_time() >= patience->end_us) {
        return FALSE;
    }
    g_usleep(PAUSE_US);
    return TRUE;
}
