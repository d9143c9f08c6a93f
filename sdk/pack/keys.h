/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Reading a group of an ini file into a struct by a table of keys. A key that
 * the table does not have, and a value that does not parse, are errors that
 * name file, group, key and what would be right.
 */
#ifndef PACK_KEYS_H
#define PACK_KEYS_H

#include <stddef.h>

#include <glib.h>

enum pack_key_type {
    KEY_STRING,   /* char *, printable, without quotes and control characters */
    KEY_NAME,     /* char *, [a-z][a-z0-9-]*, at most 15 */
    KEY_SIZE,     /* guint64 bytes; "128M", "1G", "4096" */
    KEY_MEMORY,   /* the same, but a plain number is in MiB */
    KEY_UINT,     /* guint, at most max */
    KEY_UART,     /* int, "none" = -1 */
    KEY_BOOL,     /* gboolean, true | false */
    KEY_COLOUR,   /* guint32, #rrggbb */
    KEY_CHOICE,   /* guint, index in choices */
    KEY_KIND,     /* enum pb_kind */
    KEY_LIST,     /* guint[max], numbers separated by ';' */
    KEY_NAMES,    /* char **, separated by ';' */
    KEY_BATTERY,  /* int, percent, "real" = PACK_BATTERY_REAL, "absent" = PACK_BATTERY_ABSENT */
    KEY_POSITION, /* struct pack_position */
    KEY_RULES,    /* char *, of a firewall (netrule.h), separated by ';', as text anew */
};

#define PACK_STRING_MAX 1000 /* bytes of a KEY_STRING whose key has no max */

struct pack_key {
    const char *key;
    enum pack_key_type type;
    gsize offset;               /* of the field in the struct */
    guint max;                  /* KEY_UINT: largest; KEY_LIST: entries; KEY_STRING: bytes */
    const char *const *choices; /* KEY_CHOICE: NULL-terminated */
    guint groups; /* bits of the groups that may have it; the table's user names them */
};

/* The keys of a table that one group may have. */
struct pack_key_set {
    const struct pack_key *key;
    gsize count;
    guint group; /* its bit */
};

/* An entry of a key table; more members as in .max = 7. */
#define PACK_KEY(in, name, kind, field, ...)                                    \
    {                                                                           \
        .key = name, .type = kind, .offset = offsetof(in, field), ##__VA_ARGS__ \
    }

/* Sets the fields of `into` whose keys `group` has; char * fields are freed first and owned by it.
 */
gboolean pack_keys_read(GKeyFile *ini, const char *file, const char *group,
                        const struct pack_key_set *keys, gpointer into, GError **error);

/* "128M" and the like to bytes. FALSE if malformed or above 1 PiB. */
gboolean pack_keys_parse_size(const char *text, guint64 *bytes);

/* TRUE for what KEY_NAME takes. */
gboolean pack_keys_is_name(const char *text);

#endif
