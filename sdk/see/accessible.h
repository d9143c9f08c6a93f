/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What apps tell screen readers (AT-SPI): buttons, labels, fields, by their roles and names. */
#ifndef SEE_ACCESSIBLE_H
#define SEE_ACCESSIBLE_H

#include <glib.h>

struct accessible {
    char *app, *role, *name;
    int x, y, width, height; /* in its window, pixels of the window */
};

/*
 * "ROLE/NAME", "ROLE/" or "NAME": a role is small letters, spaces and '-', such as "push button".
 * *role and *name may be "", free them with g_free(). FALSE: the pattern is empty. Pure.
 */
gboolean accessible_split(const char *pattern, char **role, char **name);

/*
 * Lines of JSON, as sdk/app/share/guest/accessible.py prints them; what is no such line is left
 * out. Of struct accessible *; free with g_ptr_array_unref(). Pure.
 */
GPtrArray *accessible_read(const char *text);

#endif
