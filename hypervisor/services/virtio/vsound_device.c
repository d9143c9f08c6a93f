/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Sound device, jacks and what all of it has in common: virtio 1.2, section 5.14. */
#include "vsound_stream.h"

/* Offsets in configuration space: 5.14.4. */
#define CONFIG_JACKS   0u
#define CONFIG_STREAMS 4u
#define CONFIG_CHMAPS  8u
#define CONFIG_CTLS    12u

bool sound_runs(const struct sound_dev *sound, enum sound_stream_id stream)
{
    return sound->stream[stream].state == SOUND_RUNNING;
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

void sound_release(struct sound_dev *sound, enum sound_stream_id id)
{
    if (id == SOUND_OUT) {
        sound_give_back_played(sound);
    } else {
        sound_give_back_recorded(sound);
    }
    ring_forget(&sound->stream[id]);
}

static uint32_t sound_request(struct virtio_dev *dev, unsigned queue, const struct vq_chain *chain,
                              bool *ok)
{
    return queue == QUEUE_CONTROL ? sound_control(dev, chain, ok) : sound_play(dev, chain, ok);
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
        ring_forget(&((struct sound_dev *)dev)->stream[SOUND_OUT]);
    }
}

static void sound_reset(struct virtio_dev *dev)
{
    struct sound_dev *sound = (struct sound_dev *)dev;

    for (unsigned id = 0; id < SOUND_STREAMS; id++) {
        ring_forget(&sound->stream[id]);
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
    if (!virtio_attach(&sound->dev, &sound_ops, sound->queue, bus, slot, SOUND_F_CTLS)) {
        sound->route = SOUND_SPEAKER;
    }
    virtio_config_put32(&sound->dev, CONFIG_JACKS, SOUND_JACKS);
    virtio_config_put32(&sound->dev, CONFIG_STREAMS, sound->streams);
    virtio_config_put32(&sound->dev, CONFIG_CHMAPS, sound->streams);
    virtio_config_put32(&sound->dev, CONFIG_CTLS, SOUND_CTLS);
}
