/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "transfer.h"

#include <math.h>
#include <string.h>

#include "say.h"

enum { LINE_MOST = 4096 };

void transfer_begin(struct transfer *transfer, const char *what, gint64 total)
{
    *transfer = (struct transfer){.what = what, .total = total, .line = g_string_new(NULL)};
    progress_begin(&transfer->progress);
    transfer->progress.lines = TRUE;
}

void transfer_add(struct transfer *transfer, gsize length)
{
    transfer->done += (gint64)length;
    if (transfer->total > 0) {
        progress_show(&transfer->progress, (double)transfer->done / (double)transfer->total,
                      transfer->what);
    }
}

gboolean transfer_apt_line(char *line, double *done, const char **what)
{
    g_auto(GStrv) parts = g_strsplit(line, ":", 3);
    char *end = NULL;

    if (!parts[0] || !parts[1] || !parts[2] ||
        (strcmp(parts[0], "pmstatus") != 0 && strcmp(parts[0], "dlstatus") != 0)) {
        return FALSE;
    }
    *done = g_ascii_strtod(parts[2], &end) / 100;
    if (end == parts[2] || *end != ':' || !isfinite(*done)) {
        return FALSE;
    }
    *what = line + (end + 1 - parts[2]) + strlen(parts[0]) + 1 + strlen(parts[1]) + 1;
    return TRUE;
}

/* Without its end. */
static void take_line(struct transfer *transfer)
{
    const char *what;
    double done;

    if (transfer_apt_line(transfer->line->str, &done, &what)) {
        progress_show(&transfer->progress, done, what);
    } else {
        g_string_append_c(transfer->line, '\n');
        say_bytes(transfer->line->str, transfer->line->len);
    }
    g_string_truncate(transfer->line, 0);
}

void transfer_said(struct transfer *transfer, const void *bytes, gsize length)
{
    const char *from = bytes;

    while (length > 0) {
        const char *end = memchr(from, '\n', length);
        gsize piece = end ? (gsize)(end - from) : length;

        g_string_append_len(transfer->line, from, (gssize)piece);
        if (end || transfer->line->len > LINE_MOST) {
            take_line(transfer);
        }
        piece += end != NULL;
        from += piece;
        length -= piece;
    }
}

void transfer_end(struct transfer *transfer)
{
    if (transfer->line->len > 0) {
        take_line(transfer);
    }
    g_string_free(g_steal_pointer(&transfer->line), TRUE);
    progress_end(&transfer->progress);
}
