/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "steps_see.h"

#include <string.h>

gboolean steps_sees(char *const *words)
{
    static const char *const kinds[] = {"text", "no-text", "accessible", "no-accessible", NULL};

    return words[0] != NULL && g_strv_contains(kinds, words[0]);
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
    const gboolean gone = g_str_has_prefix(words[0], "no-");
    int code;

    g_strv_builder_add(all, "see");
    if (waits) {
        g_strv_builder_add_many(all, "--wait", seconds, NULL);
    }
    if (what == STEPS_SEE_TAP) {
        g_strv_builder_add(all, "--tap");
    }
    if (gone) {
        g_strv_builder_add(all, "--gone");
    }
    g_strv_builder_add_many(all, gone ? words[0] + strlen("no-") : words[0], "--", words[1], NULL);
    g_auto(GStrv) line = g_strv_builder_end(all);
    phone->timeout += waits ? 10 : 0; /* the verb's own message is the better one */
    code = phone_run(phone, (const char *const *)line);
    phone->timeout -= waits ? 10 : 0;
    return code;
}
