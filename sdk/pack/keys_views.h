/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Values of the keys that say what a persona sees of a part. FALSE: not a value. */
#ifndef PACK_KEYS_VIEWS_H
#define PACK_KEYS_VIEWS_H

#include "keys.h"

/* int: real, absent or a percentage. */
gboolean pack_keys_parse_battery(const struct pack_key *key, const char *text, gpointer field);

/* struct pack_position: real, absent or `fixed LATITUDE,LONGITUDE`, degrees. */
gboolean pack_keys_parse_position(const struct pack_key *key, const char *text, gpointer field);

/* char *: rules of a firewall, separated by ';'. */
gboolean pack_keys_parse_rules(const struct pack_key *key, const char *text, gpointer field);

#endif
