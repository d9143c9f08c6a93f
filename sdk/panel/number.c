/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "number.h"

#include <math.h>
#include <string.h>

gboolean number_parse(const char *text, double least, double most, double *value)
{
    g_autofree char *word = g_strstrip(g_strdup(text));
    char *end;

    g_strdelimit(word, ",", '.');
    *value = g_ascii_strtod(word, &end);
    /* No "nan", "inf" or "0x10": those are no numbers to people. */
    return end != word && *end == '\0' && strspn(word, "+-.0123456789eE") == strlen(word) &&
           *value >= least && *value <= most;
}

char *number_text(double value, int digits)
{
    char format[8], text[G_ASCII_DTOSTR_BUF_SIZE + 330];

    g_snprintf(format, sizeof(format), "%%.%df", digits);
    g_ascii_formatd(text, sizeof(text), format, value);
    if (strchr(text, '.')) {
        char *end = text + strlen(text);
        while (end[-1] == '0') {
            *--end = '\0';
        }
        if (end[-1] == '.') {
            *--end = '\0';
        }
    }
    return g_strdup(strcmp(text, "-0") == 0 ? "0" : text);
}
