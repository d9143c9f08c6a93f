/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/zone.h"

#include <glib.h>
#include <string.h>

#include "phonebooth/chosen.h"

#define DATA_BASE "/usr/share/zoneinfo"

/* A part between slashes: "Buenos_Aires", "GMT+1". */
static bool is_part(const char *part)
{
    return g_ascii_isalpha(*part) &&
           part[strspn(part, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_+-")] == '\0';
}

bool zone_is_name(const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);

    if (strlen(name) >= PB_TIMEZONE_SIZE || !*parts) {
        return false;
    }
    for (char **part = parts; *part; part++) {
        if (!is_part(*part)) {
            return false;
        }
    }
    return true;
}

/* The host's own data base may be missing; then the persona's decides. */
static bool is_known(const char *name)
{
    g_autofree char *file = g_build_filename(DATA_BASE, name, NULL);

    return g_file_test(file, G_FILE_TEST_IS_REGULAR) || !g_file_test(DATA_BASE, G_FILE_TEST_IS_DIR);
}

/* TZ names a file of the data base, after a colon or not, with its folder or not; or it is a rule.
 */
static const char *name_in(const char *tz)
{
    tz += *tz == ':';
    return g_str_has_prefix(tz, DATA_BASE "/") ? tz + strlen(DATA_BASE "/") : tz;
}

char *zone_of_host(void)
{
    const char *tz = g_getenv("TZ");
    g_autoptr(GTimeZone) zone = tz && *tz ? NULL : g_time_zone_new_local();
    const char *name = zone ? g_time_zone_get_identifier(zone) : name_in(tz);

    return zone_is_name(name) && is_known(name) ? g_strdup(name) : NULL;
}
