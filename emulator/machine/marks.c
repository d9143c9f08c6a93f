/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine/marks.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "machine/line.h"
#include "machine/machine.h"
#include "machine/counts.h"
#include "machine/elcount.h"

static FILE *file;
static GString *text[LINE_COUNT]; /* of each UART's line so far */

static void write_mark(unsigned uart, const char *mark)
{
    g_autoptr(JsonObject) object = json_object_new();
    g_autoptr(JsonNode) node = json_node_new(JSON_NODE_OBJECT);
    g_autofree char *json = NULL;
    struct elcount count;

    elcount_sync();
    elcount_read(&count, true);
    json_object_set_string_member(object, "mark", mark);
    json_object_set_int_member(object, "uart", uart);
    json_object_set_int_member(object, "virtual_ns", machine_clock_ns());
    counts_add(object, &count);
    json_node_set_object(node, object);
    json = json_to_string(node, FALSE);
    fprintf(file, "%s\n", json);
    fflush(file);
}

static void end_of_line(unsigned uart)
{
    GString *line = text[uart];

    if (g_str_has_prefix(line->str, MARKS_PREFIX) && g_utf8_validate(line->str, -1, NULL)) {
        write_mark(uart, line->str + strlen(MARKS_PREFIX));
    }
    g_string_truncate(line, 0);
}

static void on_output(unsigned uart, const uint8_t *bytes, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
            end_of_line(uart);
        } else if (bytes[i] >= ' ' && text[uart]->len < MARKS_MAX) {
            g_string_append_c(text[uart], (char)bytes[i]);
        }
    }
}

bool marks_open(const char *path, GError **error)
{
    file = fopen(path, "a");
    if (!file) {
        g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(errno), "%s: %s", path,
                    g_strerror(errno));
        return false;
    }
    for (unsigned i = 0; i < LINE_COUNT; i++) {
        text[i] = g_string_new(NULL);
    }
    line_watch(on_output);
    return true;
}
