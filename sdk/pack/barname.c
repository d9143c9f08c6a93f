/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "barname.h"

#include "phonebooth/bar.h"

/* The first character of text that the bar's font lacks, or NULL. */
static const char *missing_glyph(const char *text)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);

        if (c < PB_BAR_FIRST || c > PB_BAR_LAST || (c >= 0x7f && c <= 0xa0)) {
            return at;
        }
    }
    return NULL;
}

char *pack_barname_warning(const struct pack_vm *vm)
{
    const char *name = vm->display_name;
    const char *missing;

    if (!name || !g_utf8_validate(name, -1, NULL)) {
        return NULL;
    }
    missing = missing_glyph(name);
    if (missing) {
        return g_strdup_printf(
            "[vm %s] display-name=%s: the bar has no '%.*s' and shows '?'; use Latin letters",
            vm->name, name, (int)(g_utf8_next_char(missing) - missing), missing);
    }
    if (g_utf8_strlen(name, -1) > PB_BAR_NAME) {
        return g_strdup_printf(
            "[vm %s] display-name=%s: longer than %d characters, so the bar may cut it off",
            vm->name, name, PB_BAR_NAME);
    }
    return NULL;
}
