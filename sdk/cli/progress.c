/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "progress.h"

#include "say.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PAUSE_US (G_USEC_PER_SEC / 5)
#define LINE_US  (10 * G_USEC_PER_SEC)
#define BAR      24   /* characters */
#define SURE     0.02 /* of the whole must be done before a time is guessed */
#define COLUMNS  80

static gboolean is_drawn; /* a bar is on the terminal */

static char *left_of(double first, double done, double seconds)
{
    const double rest = (1 - done) * seconds / (done - first);

    if (done - first < SURE || done >= 1) {
        return g_strdup("");
    }
    return rest < 90 ? g_strdup_printf(", %.0f s left", rest)
                     : g_strdup_printf(", %.0f min left", rest / 60 + 0.5);
}

char *progress_words(double first, double done, double seconds)
{
    g_autofree char *left = left_of(first, done, seconds);

    return g_strdup_printf("%3.0f %%%s", done * 100, left);
}

char *progress_line(double first, double done, double seconds, const char *what, int columns)
{
    const double part = CLAMP(done, 0, 1);
    g_autofree char *words = progress_words(first, part, seconds);
    g_autofree char *full = g_strnfill((gsize)(part * BAR), '#');
    g_autofree char *line = g_strdup_printf("[%-*s] %s  %s", BAR, full, words, what);
    const glong length = g_utf8_strlen(line, -1);

    return g_utf8_substring(line, 0, MIN(length, MAX(columns, 1)));
}

void progress_begin(struct progress *progress)
{
    *progress = (struct progress){
        .shown = isatty(STDERR_FILENO), .begun_us = g_get_monotonic_time(), .first = -1};
}

static int columns(void)
{
    struct winsize size;

    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1
                                                                           : COLUMNS;
}

/* Where there is no terminal. */
static void show_line(struct progress *progress, double done, const char *what, double seconds)
{
    g_autofree char *words = progress_words(progress->first, CLAMP(done, 0, 1), seconds);

    if (progress->drawn_us > progress->begun_us) {
        say("%s: %s", what, g_strchug(words));
    }
}

void progress_show(struct progress *progress, double done, const char *what)
{
    const gint64 now = g_get_monotonic_time();
    const gint64 pause = progress->shown ? PAUSE_US : LINE_US;

    if ((!progress->shown && !progress->lines) ||
        (progress->drawn_us > 0 && now - progress->drawn_us < pause)) {
        return;
    }
    if (progress->first < 0) {
        progress->first = done;
        progress->begun_us = now;
    }
    progress->drawn_us = now;
    if (!progress->shown) {
        show_line(progress, done, what, (double)(now - progress->begun_us) / G_USEC_PER_SEC);
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(what, -1);
    g_autofree char *line =
        progress_line(progress->first, done, (double)(now - progress->begun_us) / G_USEC_PER_SEC,
                      g_strdelimit(valid, "\r\n\033", ' '), columns());
    fprintf(stderr, "\r\033[K%s", line);
    fflush(stderr);
    is_drawn = TRUE;
}

void progress_wipe(void)
{
    if (is_drawn) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    is_drawn = FALSE;
}

void progress_end(struct progress *progress)
{
    progress_wipe();
    progress->drawn_us = 0;
}
