/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/vmlog.h"

#include <string.h>

#include "phone/logfile.h"

#define LAST_LINE_MAX 200

enum escape_state { ESC_NONE, ESC_START, ESC_CSI, ESC_STRING };

struct vmlog {
    struct logfile *file; /* NULL: in memory only */
    uint64_t end;
    vmlog_line_fn *on_line;
    void *opaque;
    GString *line; /* the one being written */
    char *last_line;
    enum escape_state escape;
    uint8_t ring[VMLOG_MEMORY]; /* byte at offset n is ring[n % VMLOG_MEMORY] */
};

struct vmlog *vmlog_new(const char *path, vmlog_line_fn *on_line, void *opaque, GError **error)
{
    struct logfile *file = path ? logfile_new(path, error) : NULL;

    if (path && !file) {
        return NULL;
    }
    struct vmlog *log = g_new0(struct vmlog, 1);
    log->file = file;
    log->on_line = on_line;
    log->opaque = opaque;
    log->line = g_string_new(NULL);
    log->last_line = g_strdup("");
    return log;
}

void vmlog_free(struct vmlog *log)
{
    if (!log) {
        return;
    }
    logfile_free(log->file);
    g_string_free(log->line, TRUE);
    g_free(log->last_line);
    g_free(log);
}

char *vmlog_text(const uint8_t *bytes, gsize length)
{
    GString *clean = g_string_sized_new(length + 1);
    for (gsize i = 0; i < length; i++) {
        if (bytes[i] != '\0') {
            g_string_append_c(clean, (char)bytes[i]);
        }
    }
    char *text = g_utf8_make_valid(clean->str, (gssize)clean->len);
    g_string_free(clean, TRUE);
    return text;
}

gsize vmlog_whole(const uint8_t *bytes, gsize length)
{
    for (gsize back = 1; back <= MIN(length, 3); back++) {
        uint8_t c = bytes[length - back];
        gsize needed = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
        if (c < 0x80 || c >= 0xc0) {
            return needed > back ? length - back : length;
        }
    }
    return length;
}

static void finish_line(struct vmlog *log)
{
    g_autofree char *text = vmlog_text((const uint8_t *)log->line->str, log->line->len);

    g_string_truncate(log->line, 0);
    g_strchomp(text);
    if (*text == '\0') {
        return;
    }
    g_free(log->last_line);
    log->last_line = g_utf8_strlen(text, -1) > LAST_LINE_MAX
                         ? g_utf8_substring(text, 0, LAST_LINE_MAX)
                         : g_strdup(text);
    if (log->on_line) {
        log->on_line(log->opaque, text);
    }
}

/* ECMA-48 escape sequences (colours, cursor movement) are not part of a line. */
static bool skip_escape(struct vmlog *log, uint8_t c)
{
    switch (log->escape) {
    case ESC_NONE:
        log->escape = c == 0x1b ? ESC_START : ESC_NONE;
        return c == 0x1b;
    case ESC_START:
        log->escape = c == '[' ? ESC_CSI : c == ']' ? ESC_STRING : ESC_NONE;
        return true;
    case ESC_CSI:
        log->escape = c >= 0x40 && c <= 0x7e ? ESC_NONE : ESC_CSI;
        return true;
    case ESC_STRING:
        log->escape = c == '\a' ? ESC_NONE : c == 0x1b ? ESC_START : ESC_STRING;
        return true;
    }
    return false;
}

static void add_to_line(struct vmlog *log, uint8_t c)
{
    if (c == '\n') {
        log->escape = ESC_NONE;
        finish_line(log);
    } else if (!skip_escape(log, c) && (c >= 0x20 || c == '\t') &&
               log->line->len < VMLOG_LINE_MAX) {
        g_string_append_c(log->line, (char)c);
    }
}

void vmlog_append(struct vmlog *log, const uint8_t *bytes, gsize length)
{
    if (log->file) {
        logfile_write(log->file, bytes, length);
    }
    for (gsize i = 0; i < length; i++) {
        log->ring[log->end++ % VMLOG_MEMORY] = bytes[i];
        add_to_line(log, bytes[i]);
    }
}

void vmlog_continue(struct vmlog *log, uint64_t end, const uint8_t *bytes, gsize length)
{
    vmlog_line_fn *on_line = log->on_line;

    log->on_line = NULL;
    log->end = end - length;
    vmlog_append(log, bytes, length);
    log->on_line = on_line;
}

uint64_t vmlog_end(const struct vmlog *log)
{
    return log->end;
}

GByteArray *vmlog_read(const struct vmlog *log, uint64_t offset, gsize max, uint64_t *from)
{
    uint64_t oldest = log->end > VMLOG_MEMORY ? log->end - VMLOG_MEMORY : 0;
    uint64_t start = CLAMP(offset, oldest, log->end);
    gsize length = (gsize)MIN((uint64_t)max, log->end - start);
    gsize at = start % VMLOG_MEMORY;
    gsize first = MIN(length, VMLOG_MEMORY - at);
    GByteArray *bytes = g_byte_array_sized_new((guint)length);

    g_byte_array_append(bytes, log->ring + at, (guint)first);
    g_byte_array_append(bytes, log->ring, (guint)(length - first));
    *from = start;
    return bytes;
}

const char *vmlog_last_line(const struct vmlog *log)
{
    return log->last_line;
}
