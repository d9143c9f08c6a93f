/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * libbooth: Phonebooth's control API for programs (docs/libbooth.md). These headers are its
 * reference.
 */
#ifndef BOOTH_BOOTH_H
#define BOOTH_BOOTH_H

#include <booth/error.h>
#include <booth/phone.h>
#include <booth/start.h>
#include <booth/verbs.h>

#endif
