/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What the emulator tells `booth-film`, the encoder of a recording, by a socket that is its
 * standard input. Both are of the same build on the same computer, so the bytes are the host's own.
 *
 * The emulator sends a struct film_head, waits for `ready`, and then sends a struct film_piece,
 * again and again, each followed by its bytes. The end of the stream, however it comes, is the end
 * of the film: the file is then made whole. The encoder answers with lines:
 *
 *   ready                            the file is open, and the film can begin
 *   done SECONDS BYTES FRAMES WHY    the file is whole. WHY: FILM_ASKED, or in words, what ended it
 *   failed WHY                       there is no file
 */
#ifndef FILM_WIRE_H
#define FILM_WIRE_H

#include <stdint.h>

#define FILM_PROGRAM  "booth-film"
#define FILM_ASKED    "-"
#define FILM_RATE     48000u
#define FILM_CHANNELS 2u
#define FILM_SIDE_MAX 4096u           /* of the screen, pixels */
#define FILM_SOUND    FILM_RATE       /* frames in a piece at most */
#define FILM_TICK_US  INT64_C(250000) /* without a piece for so long, FILM_TICK comes */

struct film_head {
    uint32_t width, height; /* of the screen, pixels */
    uint32_t fps;           /* no more frames are sent in a second */
    uint32_t max_seconds;
    uint64_t max_bytes; /* of the file */
};

enum film_kind {
    FILM_PICTURE, /* the part x, y, w, h of the screen as 0x00RRGGBB, the top byte undefined */
    FILM_SOUNDS,  /* w frames of two int16_t */
    FILM_TICK,    /* nothing has changed until now */
};

struct film_piece {
    uint32_t kind;
    uint32_t x, y, w, h;
    uint32_t bytes; /* that follow */
    int64_t us;     /* since the film began, never less than that of the piece before */
};

#endif
