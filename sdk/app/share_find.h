/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What comes with booth to make apps: sdk/app/share of the source tree. */
#ifndef APP_SHARE_FIND_H
#define APP_SHARE_FIND_H

/* Path of a file or folder in it, for a program of the build and for an installed one; free with
 * g_free(). NULL: it is not there. */
char *share_find(const char *name);

#endif
