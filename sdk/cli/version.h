/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#ifndef BOOTH_VERSION_H
#define BOOTH_VERSION_H

#ifndef BOOTH_VERSION
#define BOOTH_VERSION "0.1.0"
#endif

#endif
