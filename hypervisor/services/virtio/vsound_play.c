/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Sound device, what is played: virtio 1.2, section 5.14.6.8. */
#include "vsound_stream.h"

#define GAIN_ONE 256
#define PIECE    128u /* frames that are converted at a time */

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

uint32_t sound_play(struct virtio_dev *dev, const struct vq_chain *chain, bool *ok)
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

void sound_give_back_played(struct sound_dev *sound)
{
    while (sound->stream[SOUND_OUT].buffers) {
        give_back_first(sound);
    }
    virtio_signal(&sound->dev, QUEUE_TX);
}
