/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Headers and libraries of Debian's packages, which programs for the phone are built with. */
#ifndef APP_SYSROOT_H
#define APP_SYSROOT_H

/*
 * The folder with those of the packages (NULL ends them); it is downloaded the first time. Free
 * with g_free(). NULL after a line on stderr.
 */
char *sysroot_make(char **packages);

#endif
