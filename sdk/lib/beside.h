/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef BOOTH_BESIDE_H
#define BOOTH_BESIDE_H

/*
 * Path of another program of Phonebooth's: in the folder of this one, else by PATH. NULL: there is
 * none. Free with g_free().
 */
char *beside_find(const char *program);

#endif
