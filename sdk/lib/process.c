/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "process.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "booth.h"

/* Whether a process runs. One that has ended and that nobody has asked about, a zombie, does not.
 */
static gboolean runs(pid_t pid)
{
    g_autofree char *file = g_strdup_printf("/proc/%d/stat", (int)pid);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(file, &text, NULL, NULL)) {
        return kill(pid, 0) == 0;
    }
    /* "PID (NAME) STATE ...", proc(5): the first thread is a zombie while others still end and hold
     * the files. */
    const char *name_end = strrchr(text, ')');
    char state = '\0';
    long threads = 0;
    if (name_end == NULL || sscanf(name_end,
                                   ") %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d "
                                   "%*d %*d %ld",
                                   &state, &threads) != 2) {
        return FALSE;
    }
    return strchr("ZX", state) == NULL || threads > 1;
}

gboolean process_wait_end(pid_t pid, guint seconds, GCancellable *cancellable, GError **error)
{
    gint64 end = g_get_monotonic_time() + seconds * G_TIME_SPAN_SECOND;

    while (pid > 0 && runs(pid)) {
        if (g_cancellable_set_error_if_cancelled(cancellable, error)) {
            return FALSE;
        }
        if (g_get_monotonic_time() > end) {
            g_set_error(error, BOOTH_ERROR, BOOTH_ERROR_TIMEOUT,
                        "the phone's process %d has not ended after %u s", (int)pid, seconds);
            return FALSE;
        }
        g_usleep(G_USEC_PER_SEC / 50);
    }
    return TRUE;
}
