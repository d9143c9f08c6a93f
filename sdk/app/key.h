/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The keys that apps are signed with: Ed25519 (RFC 8032), in a file as other tools know it, PKCS #8
 * in PEM (RFC 8410). Errors are of G_FILE_ERROR, in one line.
 */
#ifndef APP_KEY_H
#define APP_KEY_H

#include <glib.h>

enum { KEY_SEED = 32, KEY_PUBLIC = 32, KEY_SIGNATURE = 64 };

/* Its secret part is wiped by key_free(). */
typedef struct key key;
struct key {
    guint8 seed[KEY_SEED], public[KEY_PUBLIC];
};

/* Makes a new key and its file, which nobody else may read. Never writes over a file. */
key *key_create(const char *path, GError **error);

/* Reads a key's file. NULL: error. */
key *key_read(const char *path, GError **error);

/* Accepts NULL. */
void key_free(key *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(key, key_free)

void key_sign(const key *key, const char *message, guint8 signature[KEY_SIGNATURE]);
gboolean key_verify(const guint8 public[KEY_PUBLIC], const char *message,
                    const guint8 signature[KEY_SIGNATURE]);

/* `length` bytes as hexadecimal digits; free with g_free(). */
char *key_hex(const guint8 *bytes, gsize length);

/* Reads exactly 2 * length lower-case digits. */
gboolean key_from_hex(const char *text, guint8 *bytes, gsize length);

#endif
