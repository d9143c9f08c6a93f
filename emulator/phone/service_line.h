/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One line of the service port (docs/design/contracts.md, section 6), as the switchboard sends it.
 * Pure. The switchboard is a guest: every byte of the line may be anything.
 */
#ifndef PHONE_SERVICE_LINE_H
#define PHONE_SERVICE_LINE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define SERVICE_LINE_MAX 1000 /* bytes, the line end included */

enum service_line_kind { SERVICE_OK, SERVICE_ERR, SERVICE_EVENT };

struct service_line {
    enum service_line_kind kind;
    uint32_t id;        /* of OK and ERR: the request that it answers */
    char *text;         /* EVENT: its name; ERR: the message; OK: NULL */
    GHashTable *values; /* char * to char *; empty for ERR */
};

/* False: the line follows no rule of the protocol and `line` is untouched. */
bool service_line_parse(const char *text, struct service_line *line);

void service_line_clear(struct service_line *line);

/* NULL: there is no such key. */
const char *service_line_get(const struct service_line *line, const char *key);

/* `fallback` when the key is missing or is no whole number from 0 to 2^63 - 1. */
int64_t service_line_number(const struct service_line *line, const char *key, int64_t fallback);

#endif
