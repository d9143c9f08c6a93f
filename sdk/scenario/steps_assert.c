/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "steps_assert.h"

#include <stdlib.h>
#include <string.h>

#include "picture.h"

static char *matches(const char *text, const char *pattern, gboolean wanted)
{
    gboolean found =
        g_regex_match_simple(pattern, text, G_REGEX_MULTILINE | G_REGEX_NEWLINE_ANYCRLF, 0);
    g_autofree char *start = g_strndup(text, 200);

    if (found == wanted) {
        return NULL;
    }
    g_strdelimit(start, "\r\n", ' ');
    return g_strdup_printf("'%s' is %s in: %s", pattern, found ? "" : "not", start);
}

char *steps_output(struct doing *doing)
{
    return matches(doing->phone->output, doing->words[1], TRUE);
}

char *steps_no_output(struct doing *doing)
{
    return matches(doing->phone->output, doing->words[1], FALSE);
}

char *steps_log_of(struct doing *doing)
{
    int code = phone_do(doing->phone, "console", "--all", doing->words[1], NULL);
    char *why = code == 0 ? matches(doing->phone->output, doing->words[2], TRUE)
                          : steps_failed(doing->phone, code);

    if (why && code == 0) {
        g_free(why);
        why = g_strdup_printf("'%s' is not in the log of %s", doing->words[2], doing->words[1]);
    }
    return why;
}

/* The picture as it is stays in the results, beside the others of the case. */
char *steps_screen(struct doing *doing)
{
    g_autofree char *reference = g_canonicalize_filename(doing->words[1], doing->folder);
    g_autofree char *name = g_path_get_basename(reference);
    g_autofree char *now = g_build_filename(doing->results, name, NULL);
    double tolerance = doing->words[2] ? g_ascii_strtod(doing->words[2], NULL) : 0;
    int area[4] = {0};
    int code = phone_do(doing->phone, "shot", now, NULL);

    if (code != 0) {
        return steps_failed(doing->phone, code);
    }
    for (guint i = 0; doing->words[2] && i < 4 && doing->words[3 + i]; i++) {
        area[i] = atoi(doing->words[3 + i]);
    }
    return picture_compare(reference, now, tolerance, area);
}
