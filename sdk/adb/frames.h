/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What a command of adbd's shell service prints comes in frames: a byte that says what, a
 * little-endian length, data. They need not end where packets end. */
#ifndef ADB_FRAMES_H
#define ADB_FRAMES_H

#include "adb.h"

enum frame_kind {
    FRAME_IN = 0,
    FRAME_OUT = ADB_OUT,
    FRAME_ERR = ADB_ERR,
    FRAME_EXIT = 3,
    FRAME_IN_END = 4,
    FRAME_SIZE = 5
};

enum { FRAME_HEADER = 5 };

struct frames {
    guint8 header[FRAME_HEADER];
    gsize have;   /* bytes of the header */
    guint32 left; /* bytes of data that are still to come */
    int status;   /* of the command; -1: not known yet */
};

/* Before the first: frames_read() of {.status = -1}. Passes what the command printed on. */
gboolean frames_read(struct frames *frames, const guint8 *bytes, gsize length,
                     const struct adb_command *command, GError **error);

/* A frame to be sent, header and data. */
void frames_write(guint8 *frame, enum frame_kind kind, const void *data, gsize length);

#endif
