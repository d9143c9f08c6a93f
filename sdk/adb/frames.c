/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "frames.h"

#include <string.h>

/* Data of the frame that has begun. */
static gboolean take_data(struct frames *frames, const guint8 *bytes, gsize length,
                          const struct adb_command *command, GError **error)
{
    guint8 kind = frames->header[0];

    if (kind == FRAME_EXIT) {
        frames->status = bytes[0];
    } else if (kind == FRAME_OUT || kind == FRAME_ERR) {
        return command->output(command->data, (enum adb_stream)kind, bytes, length, error);
    }
    return TRUE;
}

static void take_header(struct frames *frames, guint8 byte)
{
    frames->header[frames->have++] = byte;
    if (frames->have == FRAME_HEADER) {
        memcpy(&frames->left, frames->header + 1, sizeof(frames->left));
        frames->left = GUINT32_FROM_LE(frames->left);
    }
}

gboolean frames_read(struct frames *frames, const guint8 *bytes, gsize length,
                     const struct adb_command *command, GError **error)
{
    while (length > 0) {
        gsize now = 1;

        if (frames->have < FRAME_HEADER) {
            take_header(frames, *bytes);
        } else {
            now = MIN(length, frames->left);
            if (!take_data(frames, bytes, now, command, error)) {
                return FALSE;
            }
            frames->left -= (guint32)now;
        }
        if (frames->have == FRAME_HEADER && frames->left == 0) {
            frames->have = 0;
        }
        bytes += now;
        length -= now;
    }
    return TRUE;
}

void frames_write(guint8 *frame, enum frame_kind kind, const void *data, gsize length)
{
    guint32 size = GUINT32_TO_LE((guint32)length);

    frame[0] = (guint8)kind;
    memcpy(frame + 1, &size, sizeof(size));
    if (length > 0) {
        memcpy(frame + FRAME_HEADER, data, length);
    }
}
