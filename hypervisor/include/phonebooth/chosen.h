/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The host's time zone on its way to the guests: a property of `/chosen`, PB_TIMEZONE_SIZE bytes,
 * an IANA name filled up with NULs; empty: unknown. pack makes room for it in the switchboard's
 * device tree and in those of VMs that may be told (not of protected ones, whose tree can be
 * measured). The boot loader fills in the first at each start, the switchboard the others at each
 * load.
 */
#ifndef PHONEBOOTH_CHOSEN_H
#define PHONEBOOTH_CHOSEN_H

#define PB_TIMEZONE      "phonebooth,timezone"
#define PB_TIMEZONE_SIZE 64u

#endif
