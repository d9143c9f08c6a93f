/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "junit.h"

#include "case.h"

/* XML has no control characters, not even quoted ones. Free with g_free(). */
static char *quoted(const char *text)
{
    g_autofree char *plain = g_utf8_make_valid(text, -1);

    for (char *at = plain; *at; at++) {
        if (g_ascii_iscntrl(*at)) {
            *at = ' ';
        }
    }
    return g_markup_escape_text(plain, -1);
}

static void add_case(GString *xml, const char *suite, const struct scenario_case *scenario)
{
    g_autofree char *name = quoted(scenario->name), *why = NULL, *replay = NULL;

    g_string_append_printf(xml, "  <testcase classname=\"%s\" name=\"%s\" time=\"%.1f\">\n", suite,
                           name, scenario->seconds);
    if (scenario->hash) {
        g_string_append_printf(xml,
                               "    <properties><property name=\"trace_hash\" value=\"%s\"/>"
                               "</properties>\n",
                               scenario->hash);
    }
    if (scenario->why) {
        why = quoted(scenario->why);
        replay = quoted(scenario->file);
        g_string_append_printf(xml, "    <failure message=\"%s\">again: booth test %s</failure>\n",
                               why, replay);
    } else if (scenario->tries > 1) {
        g_string_append_printf(xml, "    <system-out>passed at try %u</system-out>\n",
                               scenario->tries);
    }
    g_string_append(xml, "  </testcase>\n");
}

gboolean junit_write(const char *file, const char *suite, const GPtrArray *cases, GError **error)
{
    g_autoptr(GString) xml = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    g_autofree char *name = quoted(suite);
    guint failures = 0;
    double seconds = 0;

    for (guint i = 0; i < cases->len; i++) {
        const struct scenario_case *scenario = cases->pdata[i];
        failures += scenario->why != NULL;
        seconds += scenario->seconds;
    }
    g_string_append_printf(
        xml, "<testsuite name=\"%s\" tests=\"%u\" failures=\"%u\" errors=\"0\" time=\"%.1f\">\n",
        name, cases->len, failures, seconds);
    for (guint i = 0; i < cases->len; i++) {
        add_case(xml, name, cases->pdata[i]);
    }
    g_string_append(xml, "</testsuite>\n");
    return g_file_set_contents(file, xml->str, (gssize)xml->len, error);
}
