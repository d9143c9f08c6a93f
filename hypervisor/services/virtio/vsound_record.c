/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Sound device, what is recorded: virtio 1.2, section 5.14.6.8. */
#include "vsound_stream.h"

/* An answer for a chain of the receive queue without data in it. */
static void answer_empty(struct sound_dev *sound, const struct vq_chain *chain,
                         enum sound_answer status)
{
    write_status(chain, status);
    virtio_answer(&sound->dev, QUEUE_RX, chain->head, STATUS_BYTES);
}

/* The next chain of the stream; others are answered. False: there is none. */
static bool take_chain(struct sound_dev *sound, struct vq_chain *chain)
{
    uint32_t id;

    for (unsigned i = 0; i < SOUND_QUEUE; i++) {
        if (!virtio_take(&sound->dev, QUEUE_RX, chain)) {
            return false;
        }
        if (chain->out_bytes < HEADER_BYTES || chain->in_bytes < STATUS_BYTES) {
            virtio_broken(&sound->dev, "broken request");
            return false;
        }
        vq_read(chain, 0, &id, sizeof(id));
        if (id == SOUND_IN && chain->in_bytes > STATUS_BYTES) {
            return true;
        }
        answer_empty(sound, chain, SOUND_S_BAD_MSG);
    }
    return false;
}

/* One period goes to the driver. False: it has given no buffer. */
static bool deliver(struct sound_dev *sound)
{
    struct sound_stream *stream = &sound->stream[SOUND_IN];
    struct vq_chain chain;
    uint8_t piece[512];
    uint32_t len, n;

    if (!take_chain(sound, &chain)) {
        return false;
    }
    len = chain.in_bytes - STATUS_BYTES < stream->period ? chain.in_bytes - STATUS_BYTES
                                                         : stream->period;
    for (uint32_t done = 0; done < len; done += n) {
        n = len - done < sizeof(piece) ? len - done : (uint32_t)sizeof(piece);
        ring_get(stream, piece, n);
        vq_write(&chain, done, piece, n);
    }
    write_status(&chain, SOUND_S_OK);
    virtio_answer(&sound->dev, QUEUE_RX, chain.head, len + STATUS_BYTES);
    return true;
}

/*
 * A buffer, and one that stays with us: Linux's driver (6.12) looks at a position that is the same
 * as before when all buffers have come back, and then gives no more.
 */
static bool has_room(const struct sound_dev *sound)
{
    return vq_waiting(&sound->queue[QUEUE_RX].vq) > (sound->stream[SOUND_IN].several ? 1u : 0u);
}

/* One frame in the driver's kind; mono is the mean of both sides. Returns its bytes. */
static uint32_t encode(const struct sound_stream *stream, const int16_t *from, uint8_t *to)
{
    const int16_t middle = (int16_t)((from[0] + from[1]) / 2);
    const int16_t sample[SOUND_CHANNELS] = {stream->channels > 1 ? from[0] : middle, from[1]};
    uint32_t at = 0;

    for (unsigned i = 0; i < stream->channels; i++) {
        if (stream->format == SOUND_FMT_S32) {
            to[at++] = 0;
            to[at++] = 0;
        }
        memcpy(to + at, &sample[i], sizeof(sample[i]));
        at += sizeof(sample[i]);
    }
    return at;
}

void sound_capture(struct sound_dev *sound, const int16_t *samples, unsigned frames)
{
    struct sound_stream *stream = &sound->stream[SOUND_IN];
    uint8_t frame[SOUND_CHANNELS * sizeof(int32_t)];
    bool lost = false;

    if (!sound_runs(sound, SOUND_IN)) {
        return;
    }
    for (unsigned i = 0; i < frames; i++) {
        const uint32_t size = encode(stream, samples + SOUND_CHANNELS * i, frame);

        if (size <= SOUND_RING - stream->bytes) {
            ring_put(stream, frame, size);
        } else {
            lost = true;
        }
    }
    while (stream->bytes >= stream->period && has_room(sound) && deliver(sound)) {
        ;
    }
    if (stream->bytes >= stream->period) { /* no backlog: it would come all at once */
        stream->first = stream->bytes = 0;
        lost = true;
    }
    sound->counts.overruns += lost;
    virtio_signal(&sound->dev, QUEUE_RX);
}

void sound_give_back_recorded(struct sound_dev *sound)
{
    struct vq_chain chain;

    for (unsigned i = 0; i < SOUND_QUEUE && take_chain(sound, &chain); i++) {
        answer_empty(sound, &chain, SOUND_S_OK);
    }
    virtio_signal(&sound->dev, QUEUE_RX);
}
