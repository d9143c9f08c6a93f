/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/keep.h"

#include <glib/gstdio.h>

#include "machine/translations.h"
#include "snapshot/translated.h"

static void say(const char *name, const char *why)
{
    g_printerr("phonebooth: snapshot '%s' has no translations: %s\n", name, why);
}

void keep_begin(struct keep *keep, const char *name, const char *program)
{
    const char *why = "their folder cannot be made";

    keep->id = translated_new_id();
    keep->path = translated_begin(keep->id);
    if (keep->path) {
        why = translations_save(keep->path, program);
    }
    if (why) {
        g_clear_pointer(&keep->path, g_free);
        say(name, why);
    }
}

void keep_finish(const struct keep *keep, const char *name, const char *dir)
{
    const char *why = keep->path ? translations_check(keep->path) : NULL;

    if (!keep->path) {
        return;
    }
    if (!why && !(translated_keep(keep->path, keep->id) && translated_write_id(dir, keep->id))) {
        why = "their file cannot be kept";
    }
    if (why) {
        g_unlink(keep->path);
        say(name, why);
    }
}

void keep_abandon(const struct keep *keep)
{
    if (keep->path) {
        g_unlink(keep->path);
    }
}

void keep_clear(struct keep *keep)
{
    g_clear_pointer(&keep->id, g_free);
    g_clear_pointer(&keep->path, g_free);
}
