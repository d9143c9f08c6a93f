/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Sound device, frames and jacks: virtio 1.2, sections 5.14.6.3 and 5.14.6.8. */
#include "vsound.h"

#include <string.h>

#include "vsound_abi.h"

enum { QUEUE_CONTROL, QUEUE_EVENT, QUEUE_TX, QUEUE_RX };

/* Offsets in configuration space: 5.14.4. */
#define CONFIG_JACKS   0u
#define CONFIG_STREAMS 4u
#define CONFIG_CHMAPS  8u

#define HEADER_BYTES 4u /* struct virtio_snd_pcm_xfer */
#define STATUS_BYTES ((uint32_t)sizeof(struct sound_pcm_status))
#define GAIN_ONE     256
#define PIECE        128u /* frames that are converted at a time */

bool sound_runs(const struct sound_dev *sound, enum sound_stream_id stream)
{
    return sound->stream[stream].state == SOUND_RUNNING;
}

/* ---- A stream's ring of bytes -----------------------------------------------------------------
 */

static void ring_put(struct sound_stream *stream, const void *from, uint32_t len)
{
    const uint32_t at = (stream->first + stream->bytes) % SOUND_RING;
    const uint32_t till_end = SOUND_RING - at < len ? SOUND_RING - at : len;

    memcpy(stream->ring + at, from, till_end);
    memcpy(stream->ring, (const uint8_t *)from + till_end, len - till_end);
    stream->bytes += len;
}

static void ring_get(struct sound_stream *stream, void *to, uint32_t len)
{
    const uint32_t till_end = SOUND_RING - stream->first < len ? SOUND_RING - stream->first : len;

    memcpy(to, stream->ring + stream->first, till_end);
    memcpy((uint8_t *)to + till_end, stream->ring, len - till_end);
    stream->first = (stream->first + len) % SOUND_RING;
    stream->bytes -= len;
}

/* ---- What is played ---------------------------------------------------------------------------
 */

/* The status is written when the chain comes: nobody reads it before the chain goes back. */
static void write_status(const struct vq_chain *chain, enum sound_answer status)
{
    const struct sound_pcm_status answer = {status, 0};

    vq_write(chain, chain->in_bytes - STATUS_BYTES, &answer, sizeof(answer));
}

static bool takes(const struct sound_dev *sound, uint32_t id, uint32_t len)
{
    const struct sound_stream *stream = &sound->stream[SOUND_OUT];

    return id == SOUND_OUT && stream->state >= SOUND_PREPARED && len <= SOUND_RING - stream->bytes;
}

/* Copies len bytes of a chain behind the header to the end of the ring. */
static void fill(struct sound_stream *stream, const struct vq_chain *chain, uint32_t len)
{
    uint8_t piece[512];
    uint32_t n;

    for (uint32_t done = 0; done < len; done += n) {
        n = len - done < sizeof(piece) ? len - done : (uint32_t)sizeof(piece);
        vq_read(chain, HEADER_BYTES + done, piece, n);
        ring_put(stream, piece, n);
    }
}

static uint32_t play(struct virtio_dev *dev, const struct vq_chain *chain, bool *ok)
{
    struct sound_dev *sound = (struct sound_dev *)dev;
    struct sound_stream *stream = &sound->stream[SOUND_OUT];
    uint32_t id, len;

    if (chain->out_bytes < HEADER_BYTES || chain->in_bytes < STATUS_BYTES) {
        *ok = false;
        return 0;
    }
    vq_read(chain, 0, &id, sizeof(id));
    len = chain->out_bytes - HEADER_BYTES;
    if (!len || !takes(sound, id, len) || stream->buffers == SOUND_QUEUE) {
        write_status(chain, SOUND_S_IO_ERR);
        virtio_answer(dev, QUEUE_TX, chain->head, STATUS_BYTES);
        return 0;
    }
    write_status(chain, SOUND_S_OK);
    fill(stream, chain, len);
    stream->buffer[(stream->first_buffer + stream->buffers++) % SOUND_QUEUE] =
        (struct sound_buffer){chain->head, len};
    sound->counts.underruns += stream->starved;
    stream->starved = false;
    return len;
}

static void give_back_first(struct sound_dev *sound)
{
    struct sound_stream *stream = &sound->stream[SOUND_OUT];

    virtio_answer(&sound->dev, QUEUE_TX, stream->buffer[stream->first_buffer].head, STATUS_BYTES);
    stream->first_buffer = (stream->first_buffer + 1) % SOUND_QUEUE;
    stream->buffers--;
}

/* That many bytes of the ring have been taken. */
static void taken(struct sound_dev *sound, uint32_t bytes)
{
    struct sound_stream *stream = &sound->stream[SOUND_OUT];

    while (stream->buffers && bytes >= stream->buffer[stream->first_buffer].left) {
        bytes -= stream->buffer[stream->first_buffer].left;
        give_back_first(sound);
    }
    if (stream->buffers) {
        stream->buffer[stream->first_buffer].left -= bytes;
    }
}

static int32_t sample_of(const uint8_t *bytes, bool wide)
{
    int16_t sample;

    memcpy(&sample, bytes + (wide ? 2 : 0), sizeof(sample));
    return sample;
}

/* Frames of the driver's kind, at most PIECE, added to mix. */
static void add(const struct sound_stream *stream, const uint8_t *from, int32_t *mix,
                unsigned frames, int32_t gain)
{
    const bool wide = stream->format == SOUND_FMT_S32;
    const unsigned size = wide ? 4 : 2, right = stream->channels > 1 ? size : 0;

    for (unsigned i = 0; i < frames; i++, from += size * stream->channels) {
        mix[SOUND_CHANNELS * i] += sample_of(from, wide) * gain / GAIN_ONE;
        mix[SOUND_CHANNELS * i + 1] += sample_of(from + right, wide) * gain / GAIN_ONE;
    }
}

void sound_mix(struct sound_dev *sound, int32_t *mix, unsigned frames, unsigned gain)
{
    struct sound_stream *stream = &sound->stream[SOUND_OUT];
    uint8_t piece[PIECE * SOUND_CHANNELS * sizeof(int32_t)];
    uint32_t size, all = 0, n;

    if (!sound_runs(sound, SOUND_OUT)) {
        return;
    }
    size = sound_frame(stream, SOUND_FMT_S32);
    for (unsigned done = 0; done < frames && stream->bytes >= size; done += n) {
        n = frames - done < PIECE ? frames - done : PIECE;
        n = n < stream->bytes / size ? n : stream->bytes / size;
        ring_get(stream, piece, n * size);
        add(stream, piece, mix + SOUND_CHANNELS * done, n, (int32_t)gain);
        all += n;
    }
    stream->starved |= all < frames;
    taken(sound, all * size);
    virtio_signal(&sound->dev, QUEUE_TX);
}

/* ---- What is recorded -------------------------------------------------------------------------
 */

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

/* ---- Jacks ------------------------------------------------------------------------------------
 */

static void tell_jack(struct sound_dev *sound)
{
    const struct sound_event event = {sound->plugged ? SOUND_EVT_JACK_CONNECTED
                                                     : SOUND_EVT_JACK_DISCONNECTED,
                                      SOUND_JACK_HEADSET};
    struct vq_chain chain;

    if (sound->to_tell && virtio_take(&sound->dev, QUEUE_EVENT, &chain)) {
        sound->to_tell = false;
        virtio_answer(&sound->dev, QUEUE_EVENT, chain.head,
                      (uint32_t)vq_write(&chain, 0, &event, sizeof(event)));
        virtio_signal(&sound->dev, QUEUE_EVENT);
    }
}

void sound_plug(struct sound_dev *sound, bool in)
{
    if (sound->plugged != in) {
        sound->plugged = in;
        sound->to_tell = virtio_live(&sound->dev);
        tell_jack(sound);
    }
}

/* ---- The device -------------------------------------------------------------------------------
 */

static void forget(struct sound_stream *stream)
{
    stream->first = stream->bytes = 0;
    stream->first_buffer = stream->buffers = 0;
}

void sound_release(struct sound_dev *sound, enum sound_stream_id id)
{
    struct vq_chain chain;

    if (id == SOUND_OUT) {
        while (sound->stream[id].buffers) {
            give_back_first(sound);
        }
        virtio_signal(&sound->dev, QUEUE_TX);
    } else {
        for (unsigned i = 0; i < SOUND_QUEUE && take_chain(sound, &chain); i++) {
            answer_empty(sound, &chain, SOUND_S_OK);
        }
        virtio_signal(&sound->dev, QUEUE_RX);
    }
    forget(&sound->stream[id]);
}

static uint32_t sound_request(struct virtio_dev *dev, unsigned queue, const struct vq_chain *chain,
                              bool *ok)
{
    return queue == QUEUE_CONTROL ? sound_control(dev, chain, ok) : play(dev, chain, ok);
}

static void sound_refilled(struct virtio_dev *dev, unsigned queue)
{
    if (queue == QUEUE_EVENT) {
        tell_jack((struct sound_dev *)dev);
    }
}

static void sound_queue_stopped(struct virtio_dev *dev, unsigned queue)
{
    if (queue == QUEUE_TX) {
        forget(&((struct sound_dev *)dev)->stream[SOUND_OUT]);
    }
}

static void sound_reset(struct virtio_dev *dev)
{
    struct sound_dev *sound = (struct sound_dev *)dev;

    for (unsigned id = 0; id < SOUND_STREAMS; id++) {
        forget(&sound->stream[id]);
        sound->stream[id].state = SOUND_INITIAL;
        sound->stream[id].starved = false;
    }
    sound->to_tell = false;
    sound->changed(dev->bus->owner);
}

static unsigned sound_held(const struct virtio_dev *dev, unsigned queue)
{
    return queue == QUEUE_TX ? ((const struct sound_dev *)dev)->stream[SOUND_OUT].buffers : 0;
}

/* A buffer that was being copied is copied again. */
static void sound_resume(struct virtio_dev *dev)
{
    struct sound_dev *sound = (struct sound_dev *)dev;
    struct sound_stream *stream = &sound->stream[SOUND_OUT];

    stream->bytes = 0;
    for (unsigned i = 0; i < stream->buffers; i++) {
        stream->bytes += stream->buffer[(stream->first_buffer + i) % SOUND_QUEUE].left;
    }
    sound->changed(dev->bus->owner);
}

static const struct virtio_ops sound_ops = {
    .id = VIRTIO_ID_SOUND,
    .name = "virtio-sound",
    .queues = 4,
    .queue_size = SOUND_QUEUE,
    .served = 1u << QUEUE_CONTROL | 1u << QUEUE_TX,
    .request = sound_request,
    .refilled = sound_refilled,
    .queue_stopped = sound_queue_stopped,
    .reset = sound_reset,
    .held = sound_held,
    .resume = sound_resume,
};

void sound_attach(struct sound_dev *sound, struct virtio_bus *bus, unsigned slot, bool microphone,
                  sound_changed_fn *changed)
{
    sound->streams = microphone ? SOUND_STREAMS : 1;
    sound->changed = changed;
    virtio_attach(&sound->dev, &sound_ops, sound->queue, bus, slot, 0);
    virtio_config_put32(&sound->dev, CONFIG_JACKS, SOUND_JACKS);
    virtio_config_put32(&sound->dev, CONFIG_STREAMS, sound->streams);
    virtio_config_put32(&sound->dev, CONFIG_CHMAPS, sound->streams);
}
