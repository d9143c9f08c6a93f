/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two sides of a bundle agree on. */
#ifndef SNAPSHOT_BUNDLE_PRIVATE_H
#define SNAPSHOT_BUNDLE_PRIVATE_H

/* Name in the archive of the image that the lowest layer of a disk lies over; of its slot. */
#define BUNDLE_BASE "%u-base"

#endif
