/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/trace_hash.h"

#include <errno.h>
#include <gio/gio.h>
#include <inttypes.h>
#include <stdio.h>

static const char *const kind_names[] = {
    [TRACE_OUTPUT] = "output", [TRACE_INPUT] = "input",     [TRACE_TOUCH] = "touch",
    [TRACE_BUTTON] = "button", [TRACE_PICTURE] = "picture", [TRACE_TICK] = "tick",
};

static GMutex lock; /* protects all below; innermost */
static GChecksum *sum;
static FILE *log_file;

bool trace_hash_start(const char *log, GError **error)
{
    g_clear_pointer(&log_file, fclose);
    log_file = log ? fopen(log, "we") : NULL;
    if (log && !log_file) {
        g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(errno), "%s: %s", log,
                    g_strerror(errno));
        return false;
    }
    g_clear_pointer(&sum, g_checksum_free);
    sum = g_checksum_new(G_CHECKSUM_SHA256);
    return true;
}

/* Lock held. */
static char *text(void)
{
    g_autoptr(GChecksum) copy = sum ? g_checksum_copy(sum) : NULL;

    return copy ? g_strdup(g_checksum_get_string(copy)) : NULL;
}

/* Each part begins with what it is and how long, so that no two sequences of parts are alike. */
void trace_hash_add(enum trace_kind kind, uint64_t number, const void *bytes, gsize length)
{
    const uint64_t head[] = {kind, number, length};

    g_mutex_lock(&lock);
    if (sum) {
        g_checksum_update(sum, (const guchar *)head, sizeof(head));
        g_checksum_update(sum, bytes, (gssize)length);
    }
    if (log_file) {
        g_autofree char *so_far = text();
        fprintf(log_file, "%s %" PRIu64 " %zu %s\n", kind_names[kind], number, length, so_far);
        fflush(log_file);
    }
    g_mutex_unlock(&lock);
}

bool trace_hash_is_kept(void)
{
    g_mutex_lock(&lock);
    bool kept = sum != NULL;
    g_mutex_unlock(&lock);
    return kept;
}

char *trace_hash_text(void)
{
    g_mutex_lock(&lock);
    char *result = text();
    g_mutex_unlock(&lock);
    return result;
}
