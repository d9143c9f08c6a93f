/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a VM wrote to its serial console: in a file (phone/logfile.h), the last part in memory,
 * split into lines for whoever watches the boot. Not thread safe: the phone's thread owns it.
 */
#ifndef PHONE_VMLOG_H
#define PHONE_VMLOG_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define VMLOG_MEMORY   (1u << 20) /* bytes kept in memory */
#define VMLOG_LINE_MAX 1024u      /* longer lines are cut */

struct vmlog;

/* A line was completed: no line end, no escape sequences, valid UTF-8. */
typedef void vmlog_line_fn(void *opaque, const char *line);

/* `path` NULL: in memory only. NULL and `error` when the file cannot be written. */
struct vmlog *vmlog_new(const char *path, vmlog_line_fn *on_line, void *opaque, GError **error);
void vmlog_free(struct vmlog *log);

void vmlog_append(struct vmlog *log, const uint8_t *bytes, gsize length);

/*
 * Goes on where another log ended after `end` bytes, the last `length` (at most VMLOG_MEMORY) of
 * which are `bytes`; no line of them is told of. Only before anything was appended.
 */
void vmlog_continue(struct vmlog *log, uint64_t end, const uint8_t *bytes, gsize length);

/* Bytes written since the start. */
uint64_t vmlog_end(const struct vmlog *log);

/*
 * At most `max` bytes from `offset` on. Returns them, free with g_byte_array_unref(), and in `from`
 * the offset of the first: later than asked for when that is no longer in memory, `end` when
 * `offset` is past it.
 */
GByteArray *vmlog_read(const struct vmlog *log, uint64_t offset, gsize max, uint64_t *from);

/* The last line with something in it, at most 200 characters; "" before there is one. */
const char *vmlog_last_line(const struct vmlog *log);

/* Bytes as text: NUL left out, what is no UTF-8 replaced by U+FFFD. */
char *vmlog_text(const uint8_t *bytes, gsize length);

/* How many of the bytes are left when a UTF-8 character that is cut at the end is taken off. */
gsize vmlog_whole(const uint8_t *bytes, gsize length);

#endif
