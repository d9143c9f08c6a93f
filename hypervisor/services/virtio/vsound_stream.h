/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the files of the sound device share: its queues, and a stream's ring of bytes. */
#ifndef VIRTIO_SOUND_STREAM_H
#define VIRTIO_SOUND_STREAM_H

#include <string.h>

#include "vsound.h"
#include "vsound_abi.h"

enum { QUEUE_CONTROL, QUEUE_EVENT, QUEUE_TX, QUEUE_RX };

#define HEADER_BYTES 4u /* struct virtio_snd_pcm_xfer */
#define STATUS_BYTES ((uint32_t)sizeof(struct sound_pcm_status))

/* There is room for len bytes. */
static inline void ring_put(struct sound_stream *stream, const void *from, uint32_t len)
{
    const uint32_t at = (stream->first + stream->bytes) % SOUND_RING;
    const uint32_t till_end = SOUND_RING - at < len ? SOUND_RING - at : len;

    memcpy(stream->ring + at, from, till_end);
    memcpy(stream->ring, (const uint8_t *)from + till_end, len - till_end);
    stream->bytes += len;
}

/* There are len bytes. */
static inline void ring_get(struct sound_stream *stream, void *to, uint32_t len)
{
    const uint32_t till_end = SOUND_RING - stream->first < len ? SOUND_RING - stream->first : len;

    memcpy(to, stream->ring + stream->first, till_end);
    memcpy((uint8_t *)to + till_end, stream->ring, len - till_end);
    stream->first = (stream->first + len) % SOUND_RING;
    stream->bytes -= len;
}

/* The status is written when the chain comes: nobody reads it before the chain goes back. */
static inline void write_status(const struct vq_chain *chain, enum sound_answer status)
{
    const struct sound_pcm_status answer = {status, 0};

    vq_write(chain, chain->in_bytes - STATUS_BYTES, &answer, sizeof(answer));
}

/* All is forgotten that is in it. */
static inline void ring_forget(struct sound_stream *stream)
{
    stream->first = stream->bytes = 0;
    stream->first_buffer = stream->buffers = 0;
}

/* A buffer to play (vsound_play.c). */
uint32_t sound_play(struct virtio_dev *dev, const struct vq_chain *chain, bool *ok);

/* All buffers of the direction go back to the driver. */
void sound_give_back_played(struct sound_dev *sound);
void sound_give_back_recorded(struct sound_dev *sound);

#endif
