/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What an app is built with, downloaded the first time; how far that is, is shown. */
#ifndef BOOTH_DOWNLOAD_H
#define BOOTH_DOWNLOAD_H

/* *sysroot: the folder with the packages' headers and libraries (NULL ends `packages`), free with
 * g_free(). Returns the exit code; on failure *sysroot is NULL and a line is on stderr. */
int download_packages(char **packages, char **sysroot);

#endif
