/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Files that come with booth (share_find.h), for verbs that cannot go on without them. */
#ifndef BOOTH_SHARE_H
#define BOOTH_SHARE_H

/* Path of a file or folder in it; free with g_free(). NULL after a line on stderr. */
char *share_path(const char *name);

/* A file in it, to be read and closed. Negative after a line on stderr. */
int share_open(const char *name);

#endif
