/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef REPORT_REDACT_H
#define REPORT_REDACT_H

#include <glib.h>

#define REDACTED "[removed]"

/*
 * A text without what must not be given away: values of what is called password, token, secret,
 * PIN and the like, private keys, credentials in addresses, tokens of a known form; and the names
 * of the home folder and its user. Bytes that are no UTF-8 are replaced. Free with g_free(). Pure,
 * but for the name of the home folder.
 */
char *redact(const char *text, gsize length);

#endif
