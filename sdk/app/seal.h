/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The signature of an app: a file `signature` in its archive, with the signer's public key. It is
 * for what a phone gets (app.ini, icon, payload with names, links, contents and who may run what),
 * not for the archive's bytes. Errors are of G_FILE_ERROR, in one line.
 */
#ifndef APP_SEAL_H
#define APP_SEAL_H

#include "key.h"
#include "manifest.h"

#define SEAL_FILE "signature"

/* The text of the file for the app in a folder. Free with g_free(); NULL: error. */
char *seal_make(const char *folder, const manifest *manifest, const key *key, GError **error);

/*
 * Reads the folder's signature. *signer becomes the public key in hexadecimal, to be freed, or NULL
 * if the app is not signed. FALSE: it is signed, and wrongly, or cannot be read.
 */
gboolean seal_check(const char *folder, const manifest *manifest, char **signer, GError **error);

#endif
