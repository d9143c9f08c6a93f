/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "restart.h"

#include <errno.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

static GMutex lock; /* protects `next` */
static char **line;
static char **next; /* NULL: no restart */

void restart_init(char **argv)
{
    line = g_strdupv(argv);
}

/* An option about snapshots: 2 when its value is the next word. */
static unsigned about_snapshots(const char *word)
{
    if (strcmp(word, "--snapshot") == 0) {
        return 2;
    }
    return g_str_has_prefix(word, "--snapshot=") || strcmp(word, "--cold") == 0 ||
           strcmp(word, "--clean") == 0 || strcmp(word, "--factory") == 0 ||
           strcmp(word, "--require-snapshot") == 0;
}

void restart_request(const char *option, const char *value)
{
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();

    for (char **word = line; *word;) {
        unsigned skip = about_snapshots(*word);
        if (skip == 0) {
            g_strv_builder_add(words, *word);
            skip = 1;
        }
        for (; skip > 0 && *word; skip--) {
            word++;
        }
    }
    if (option) {
        g_strv_builder_add(words, option);
    }
    if (value) {
        g_strv_builder_add(words, value);
    }
    g_mutex_lock(&lock);
    g_strfreev(next);
    next = g_strv_builder_end(words);
    g_mutex_unlock(&lock);
}

void restart_if_requested(void)
{
    if (next) {
        execv("/proc/self/exe", next);
        g_printerr("phonebooth: cannot start again: %s\n", g_strerror(errno));
    }
}
