/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * An app as it is handed around: a folder with app.ini, payload/ and an icon, or the same as an
 * archive (.bapp: tar, zstd), which may be signed (seal.h). An archive may have been made by
 * anybody. Errors are of G_FILE_ERROR.
 */
#ifndef APP_BUNDLE_H
#define APP_BUNDLE_H

#include "key.h"
#include "manifest.h"

typedef struct bundle bundle;
struct bundle {
    char *folder; /* where its files are; of an archive one that bundle_free() removes */
    gboolean unpacked;
    manifest *manifest;
    char *signer; /* public key of who signed the archive, in hexadecimal; NULL: nobody */
};

/* Opens a folder or an archive and checks it, its signature too. NULL: error. */
bundle *bundle_open(const char *path, GError **error);

/* Accepts NULL. */
void bundle_free(bundle *bundle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(bundle, bundle_free)

/* Writes the archive, whole or not at all, signed unless key is NULL: the same files (and the same
 * key) give the same bytes. */
gboolean bundle_pack(const bundle *bundle, const char *path, const key *key, GError **error);

/*
 * Makes a new folder with the files that a phone gets beside icon and payload: app.ini,
 * app.desktop. NULL: error; tar_remove() and g_free() it.
 */
char *bundle_stage(const bundle *bundle, GError **error);

#endif
