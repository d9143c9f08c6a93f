/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "key.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "small_file.h"

#define BEGIN "-----BEGIN PRIVATE KEY-----\n"
#define END   "-----END PRIVATE KEY-----\n"

enum { FILE_MOST = 4096, HEADER = 16 };

/* RFC 8410, section 7: version 0, id-Ed25519, an octet string in an octet string. The seed follows.
 */
static const guint8 header[HEADER] = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                      0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};

static void expand(const key *key, guint8 public[KEY_PUBLIC], guint8 secret[])
{
    if (sodium_init() < 0) {
        g_error("libsodium does not start");
    }
    crypto_sign_ed25519_seed_keypair(public, secret, key->seed);
}

/* A key whose seed has been set becomes whole. */
static key *complete(key *key)
{
    guint8 secret[crypto_sign_ed25519_SECRETKEYBYTES];

    expand(key, key->public, secret);
    sodium_memzero(secret, sizeof(secret));
    return key;
}

static gboolean write_whole(int file, const char *text)
{
    gsize left = strlen(text);

    for (gssize now; left > 0; left -= (gsize)now, text += now) {
        now = write(file, text, left);
        if (now < 0) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean write_file(const char *path, const char *text, GError **error)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    gboolean is_new = file >= 0;
    gboolean done = is_new && write_whole(file, text) && fsync(file) == 0;
    int why = errno;

    if (is_new) {
        close(file);
    }
    if (!done) {
        if (is_new) {
            g_unlink(path);
        }
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", path, g_strerror(why));
    }
    return done;
}

key *key_create(const char *path, GError **error)
{
    g_autoptr(key) key = g_new0(struct key, 1);
    guint8 bytes[HEADER + KEY_SEED];

    if (sodium_init() < 0) {
        g_error("libsodium does not start");
    }
    randombytes_buf(key->seed, KEY_SEED);
    memcpy(bytes, header, HEADER);
    memcpy(bytes + HEADER, key->seed, KEY_SEED);
    g_autofree char *base = g_base64_encode(bytes, sizeof(bytes));
    g_autofree char *text = g_strconcat(BEGIN, base, "\n" END, NULL);
    gboolean done = write_file(path, text, error);
    sodium_memzero(bytes, sizeof(bytes));
    sodium_memzero(base, strlen(base));
    sodium_memzero(text, strlen(text));
    return done ? complete(g_steal_pointer(&key)) : NULL;
}

/* What is between the lines BEGIN and END. */
static gboolean read_pem(char *text, guint8 seed[KEY_SEED])
{
    char *start = strstr(text, BEGIN);
    char *end = start ? strstr(start, "\n" END) : NULL;
    gsize length = 0;

    if (end == NULL) {
        return FALSE;
    }
    *end = '\0';
    g_autofree guchar *bytes = g_base64_decode(start + strlen(BEGIN), &length);
    gboolean is = length == HEADER + KEY_SEED && memcmp(bytes, header, HEADER) == 0;
    if (is) {
        memcpy(seed, bytes + HEADER, KEY_SEED);
    }
    sodium_memzero(bytes, length);
    return is;
}

key *key_read(const char *path, GError **error)
{
    g_autoptr(key) key = g_new0(struct key, 1);
    g_autofree char *text = small_file_read(path, FILE_MOST, error);

    if (text == NULL) {
        return NULL;
    }
    gboolean is = read_pem(text, key->seed);
    sodium_memzero(text, strlen(text));
    if (!is) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    "%s: is no Ed25519 key without a password; 'booth signer new FILE' makes one",
                    path);
        return NULL;
    }
    return complete(g_steal_pointer(&key));
}

void key_free(key *key)
{
    if (key != NULL) {
        sodium_memzero(key, sizeof(*key));
        g_free(key);
    }
}

void key_sign(const key *key, const char *message, guint8 signature[KEY_SIGNATURE])
{
    guint8 public[KEY_PUBLIC], secret[crypto_sign_ed25519_SECRETKEYBYTES];

    expand(key, public, secret);
    crypto_sign_ed25519_detached(signature, NULL, (const guint8 *)message, strlen(message), secret);
    sodium_memzero(secret, sizeof(secret));
}

gboolean key_verify(const guint8 public[KEY_PUBLIC], const char *message,
                    const guint8 signature[KEY_SIGNATURE])
{
    return sodium_init() >= 0 &&
           crypto_sign_ed25519_verify_detached(signature, (const guint8 *)message, strlen(message),
                                               public) == 0;
}

char *key_hex(const guint8 *bytes, gsize length)
{
    char *text = g_malloc(2 * length + 1);

    return sodium_bin2hex(text, 2 * length + 1, bytes, length);
}

gboolean key_from_hex(const char *text, guint8 *bytes, gsize length)
{
    gsize got;

    return strlen(text) == 2 * length && text[strspn(text, "0123456789abcdef")] == '\0' &&
           sodium_hex2bin(bytes, length, text, 2 * length, NULL, &got, NULL) == 0 && got == length;
}
