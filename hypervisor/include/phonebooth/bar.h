/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the switchboard's bar can show of a persona's name; pack warns of the rest. */
#ifndef PHONEBOOTH_BAR_H
#define PHONEBOOTH_BAR_H

/* The characters of the bar's font: Latin with accents, up to Latin Extended-A. */
#define PB_BAR_FIRST 0x20
#define PB_BAR_LAST  0x17f

/* Characters that fit into half of the bar, where the side view has a name, if they are of middle
 * width. */
#define PB_BAR_NAME 18

#endif
