/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Sound device, control queue: virtio 1.3, sections 5.14.6.1, 5.14.6.4 to 5.14.6.6, 5.14.6.9. */
#include <string.h>

#include "vsound.h"
#include "vsound_abi.h"

/* HDA, configuration default: a jack, what is plugged into it, 3.5 mm, association and sequence. */
#define DEFCONF(device, sequence) ((device) << 20 | 1u << 16 | 1u << 4 | (sequence))
#define DEVICE_HEADPHONES         0x2u
#define DEVICE_SPEAKER            0x1u
#define CAPS_PRESENCE             (1u << 2) /* HDA, pin capabilities: presence detect, */
#define CAPS_OUTPUT               (1u << 4) /* output */

#define FORMATS (1ull << SOUND_FMT_S16 | 1ull << SOUND_FMT_S32)
#define NODE    0u  /* both streams are one device */
#define ITEM    96u /* bytes of an item of an answer at most */

static void put_jack(const struct sound_dev *sound, uint32_t n, void *to)
{
    const bool headset = n == SOUND_JACK_HEADSET;
    const struct sound_jack_info jack = {
        .node = 1 + n,
        .defconf = headset ? DEFCONF(DEVICE_HEADPHONES, 0) : DEFCONF(DEVICE_SPEAKER, 1),
        .caps = CAPS_OUTPUT | (headset ? CAPS_PRESENCE : 0),
        .connected = !headset || sound->plugged,
    };

    memcpy(to, &jack, sizeof(jack));
}

static void put_stream(const struct sound_dev *sound, uint32_t n, void *to)
{
    const struct sound_pcm_info pcm = {
        .node = NODE,
        .formats = FORMATS,
        .rates = 1ull << SOUND_RATE_48000,
        .direction = n == SOUND_OUT ? SOUND_D_OUTPUT : SOUND_D_INPUT,
        .channels_min = 1,
        .channels_max = SOUND_CHANNELS,
    };

    (void)sound;
    memcpy(to, &pcm, sizeof(pcm));
}

static void put_chmap(const struct sound_dev *sound, uint32_t n, void *to)
{
    const struct sound_chmap_info chmap = {
        .node = NODE,
        .direction = n == SOUND_OUT ? SOUND_D_OUTPUT : SOUND_D_INPUT,
        .channels = SOUND_CHANNELS,
        .position = {SOUND_CHMAP_FL, SOUND_CHMAP_FR},
    };

    (void)sound;
    memcpy(to, &chmap, sizeof(chmap));
}

/* What can be asked for. */
static const struct query {
    uint32_t code;
    uint32_t items; /* 0: one for each stream */
    uint32_t size;
    void (*put)(const struct sound_dev *sound, uint32_t n, void *to);
} queries[] = {
    {SOUND_R_JACK_INFO, SOUND_JACKS, sizeof(struct sound_jack_info), put_jack},
    {SOUND_R_PCM_INFO, 0, sizeof(struct sound_pcm_info), put_stream},
    {SOUND_R_CHMAP_INFO, 0, sizeof(struct sound_chmap_info), put_chmap},
    {SOUND_R_CTL_INFO, SOUND_CTLS, sizeof(struct sound_ctl_info), sound_put_ctl},
};

/* Items behind the header; *written bytes in all. */
static enum sound_answer answer_query(const struct sound_dev *sound, const struct query *query,
                                      const struct vq_chain *chain, uint32_t *written)
{
    const uint32_t items = query->items ? query->items : sound->streams;
    struct sound_query ask;

    if (vq_read(chain, 0, &ask, sizeof(ask)) != sizeof(ask) || ask.first > items ||
        ask.count > items - ask.first || ask.size < query->size || ask.size > ITEM ||
        chain->in_bytes < *written + ask.count * ask.size) {
        return SOUND_S_BAD_MSG;
    }
    for (uint32_t n = ask.first; n < ask.first + ask.count; n++) {
        uint8_t item[ITEM] = {0};

        query->put(sound, n, item);
        *written += (uint32_t)vq_write(chain, *written, item, ask.size);
    }
    return SOUND_S_OK;
}

static enum sound_answer set_params(struct sound_stream *stream, const struct vq_chain *chain)
{
    struct sound_set_params params;

    if (vq_read(chain, 0, &params, sizeof(params)) != sizeof(params) ||
        stream->state == SOUND_RUNNING || stream->state == SOUND_STOPPED) {
        return SOUND_S_BAD_MSG;
    }
    if (!params.channels || params.channels > SOUND_CHANNELS || params.format >= 64 ||
        !(FORMATS >> params.format & 1) || params.rate != SOUND_RATE_48000 || params.features ||
        params.buffer_bytes > SOUND_RING) {
        return SOUND_S_NOT_SUPP;
    }
    if (!params.period_bytes || params.period_bytes > params.buffer_bytes) {
        return SOUND_S_BAD_MSG;
    }
    stream->channels = params.channels;
    stream->format = params.format;
    stream->period = params.period_bytes;
    stream->several = params.buffer_bytes / params.period_bytes > 1;
    stream->starved = false;
    stream->state = SOUND_PARAMS;
    return SOUND_S_OK;
}

/* A stream whose buffers go back once the request is answered: they are chains, too, and of one
 * chain at a time the segments are known. */
struct released {
    bool is;
    enum sound_stream_id stream;
};

/* 5.14.6.6.1: which request is allowed in which state, and the state after it. */
static const struct step {
    uint32_t code;
    uint32_t from; /* mask of states */
    enum sound_state to;
} steps[] = {
    {SOUND_R_PCM_PREPARE, 1u << SOUND_PARAMS | 1u << SOUND_PREPARED, SOUND_PREPARED},
    {SOUND_R_PCM_START, 1u << SOUND_PREPARED | 1u << SOUND_STOPPED, SOUND_RUNNING},
    {SOUND_R_PCM_STOP, 1u << SOUND_RUNNING, SOUND_STOPPED},
    {SOUND_R_PCM_RELEASE, 1u << SOUND_PREPARED | 1u << SOUND_STOPPED, SOUND_PARAMS},
};

/* *release: the stream's buffers are to go back. */
static enum sound_answer go(struct sound_dev *sound, enum sound_stream_id id, uint32_t code,
                            bool *release)
{
    struct sound_stream *stream = &sound->stream[id];

    for (unsigned i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        if (steps[i].code != code) {
            continue;
        }
        if (!(steps[i].from >> stream->state & 1)) {
            return SOUND_S_BAD_MSG;
        }
        stream->state = steps[i].to;
        if (code == SOUND_R_PCM_START) {
            sound->counts.underruns += stream->starved;
            stream->starved = false;
        }
        *release = code == SOUND_R_PCM_RELEASE;
        sound->changed(sound->dev.bus->owner);
        return SOUND_S_OK;
    }
    return SOUND_S_NOT_SUPP;
}

static enum sound_answer answer_pcm(struct sound_dev *sound, const struct vq_chain *chain,
                                    struct released *released)
{
    struct sound_pcm_request request;

    if (vq_read(chain, 0, &request, sizeof(request)) != sizeof(request) ||
        request.stream >= sound->streams) {
        return SOUND_S_BAD_MSG;
    }
    if (request.code == SOUND_R_PCM_SET_PARAMS) {
        return set_params(&sound->stream[request.stream], chain);
    }
    released->stream = request.stream;
    return go(sound, request.stream, request.code, &released->is);
}

static uint32_t answer_to(struct sound_dev *sound, uint32_t code, const struct vq_chain *chain,
                          uint32_t *written, struct released *released)
{
    for (unsigned i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
        if (queries[i].code == code) {
            return answer_query(sound, &queries[i], chain, written);
        }
    }
    if (code >= SOUND_R_PCM_SET_PARAMS && code <= SOUND_R_PCM_STOP) {
        return answer_pcm(sound, chain, released);
    }
    if (code > SOUND_R_CTL_INFO && code <= SOUND_R_CTL_WRITE) {
        return sound_answer_ctl(sound, code, chain, written);
    }
    return SOUND_S_NOT_SUPP;
}

uint32_t sound_control(struct virtio_dev *dev, const struct vq_chain *chain, bool *ok)
{
    struct sound_dev *sound = (struct sound_dev *)dev;
    struct released released = {0};
    uint32_t code, status, written = sizeof(status);

    if (vq_read(chain, 0, &code, sizeof(code)) != sizeof(code) ||
        chain->in_bytes < sizeof(status)) {
        *ok = false;
        return 0;
    }
    status = answer_to(sound, code, chain, &written, &released);
    vq_write(chain, 0, &status, sizeof(status));
    virtio_answer(dev, 0, chain->head, status == SOUND_S_OK ? written : (uint32_t)sizeof(status));
    if (released.is) {
        sound_release(sound, released.stream);
    }
    return written;
}
