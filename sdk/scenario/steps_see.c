/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "steps_see.h"

#include <string.h>

gboolean steps_sees(char *const *words)
{
    return g_strcmp0(words[0], "text") == 0 || g_strcmp0(words[0], "no-text") == 0;
}

gboolean steps_see_is_whole(char *const *words)
{
    return steps_sees(words) && g_strv_length((char **)words) == 2;
}

int steps_see(struct phone *phone, char *const *words, enum steps_see_what what)
{
    g_autoptr(GStrvBuilder) all = g_strv_builder_new();
    g_autofree char *seconds = g_strdup_printf("%u", phone->timeout);
    const gboolean waits = what != STEPS_SEE_NOW;
    int code;

    g_strv_builder_add(all, "see");
    if (waits) {
        g_strv_builder_add_many(all, "--wait", seconds, NULL);
    }
    if (what == STEPS_SEE_TAP) {
        g_strv_builder_add(all, "--tap");
    }
    if (strcmp(words[0], "no-text") == 0) {
        g_strv_builder_add(all, "--gone");
    }
    g_strv_builder_add_many(all, "text", "--", words[1], NULL);
    g_auto(GStrv) line = g_strv_builder_end(all);
    phone->timeout += waits ? 10 : 0; /* the verb's own message is the better one */
    code = phone_run(phone, (const char *const *)line);
    phone->timeout -= waits ? 10 : 0;
    return code;
}
