/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "output.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "../lib/stdio_guard.h"
#include "cli.h"

static GString *pending;
static gboolean failed;

void output_init(void)
{
    stdio_guard();
    pending = g_string_new(NULL);
}

void output_restore_signal(void)
{
    signal(SIGPIPE, SIG_DFL);
}

void output_printf(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_string_append_vprintf(pending, format, args);
    va_end(args);
}

void output_text(const char *text)
{
    g_string_append(pending, text);
}

void output_bytes(const void *bytes, gsize length)
{
    g_string_append_len(pending, bytes, (gssize)length);
}

static void fail(int number)
{
    if (!failed) {
        fprintf(stderr, "booth: cannot write the standard output: %s\n", g_strerror(number));
    }
    failed = TRUE;
}

gboolean output_flush(void)
{
    gsize done = 0;

    while (!failed && done < pending->len) {
        gssize written = write(STDOUT_FILENO, pending->str + done, pending->len - done);
        if (written >= 0) {
            done += (gsize)written;
        } else if (errno != EINTR) {
            fail(errno);
        }
    }
    g_string_truncate(pending, 0);
    return !failed;
}

int output_end(int code)
{
    gboolean printed = pending->len > 0;

    /* Some file systems tell only now that there was no room. */
    if (output_flush() && printed && close(STDOUT_FILENO) != 0) {
        fail(errno);
    }
    return failed && code == EXIT_DONE ? EXIT_LOCAL : code;
}
