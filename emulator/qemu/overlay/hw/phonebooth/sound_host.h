/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the host hears of the board's sound part, and the part of the host. */
#ifndef HW_PHONEBOOTH_SOUND_HOST_H
#define HW_PHONEBOOTH_SOUND_HOST_H

#include <stdint.h>

/*
 * fn() gets what is played, as it is played: frames of two samples, left and right, 48000 in a
 * second of the machine's time, in pieces of at most 480. With the machine's lock held; it must not
 * block. NULL: nobody listens. From any thread.
 */
void sound_host_listen(void (*fn)(const int16_t *samples, unsigned frames));

/*
 * fn() puts what the microphone hears into so many frames of silence, whenever something records
 * and no file is played to it; the rest as above. NULL: it hears nothing.
 */
void sound_host_microphone(void (*fn)(int16_t *samples, unsigned frames));

#endif
