/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a handset has of its own, and no image of it: its fuses and its secure store, files in its
 * folder (docs/board/security.md).
 */
#ifndef PHONE_SECRETS_H
#define PHONE_SECRETS_H

#include <glib.h>
#include <stdbool.h>

#define SECRETS_FUSES_FILE "fuses.bin"
#define SECRETS_FUSES_SIZE 48u /* serial number and unique key */
#define SECRETS_STORE_FILE "secure-store.bin"

struct secrets {
    char *fuses; /* path; NULL: new ones that nothing keeps */
    char *store; /* path of the file, which need not be there yet */
};

/*
 * Blows the fuses of a handset that has none. `trial`: nothing is written, and a handset without
 * fuses gets some for this run. False and `error`: they cannot be made, or are no fuses.
 */
bool secrets_prepare(struct secrets *secrets, const char *handset_dir, bool trial, GError **error);

void secrets_clear(struct secrets *secrets);

#endif
