/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Sound device: virtio 1.3, section 5.14. One stream to play and one to record, 48 kHz, 16 or 32
 * bits, mono or stereo; two jacks: a headset's, and the speaker's, which is always there. Of the
 * microphone there is none: the phone has its own. A control says where the guest wants to be
 * heard while there is no headset.
 *
 * What is to be played is copied when the driver gives it. Who is behind the device takes and gives
 * frames by its own clock, sound_mix() and sound_capture(); a buffer goes back to the driver when
 * its last byte has been taken, so that the driver's clock is that one's, too.
 */
#ifndef VIRTIO_SOUND_H
#define VIRTIO_SOUND_H

#include "device.h"

#define SOUND_RATE     48000u      /* frames per second */
#define SOUND_CHANNELS 2u          /* of a frame as the other side sees it */
#define SOUND_QUEUE    64u         /* descriptors of each queue */
#define SOUND_RING     (64u << 10) /* bytes of a stream's buffer at most */
#define SOUND_JACKS    2u
#define SOUND_CTLS     1u

enum sound_stream_id { SOUND_OUT, SOUND_IN, SOUND_STREAMS };

enum sound_route { SOUND_SPEAKER, SOUND_EARPIECE, SOUND_ROUTES };

enum sound_state { SOUND_INITIAL, SOUND_PARAMS, SOUND_PREPARED, SOUND_RUNNING, SOUND_STOPPED };

/* A buffer of the driver that is being played. */
struct sound_buffer {
    uint16_t head;
    uint32_t left; /* bytes that have not been taken */
};

struct sound_stream {
    enum sound_state state;
    uint8_t channels, format;
    uint32_t period; /* bytes */
    bool several;    /* buffers: more than one period */
    uint8_t ring[SOUND_RING];
    uint32_t first, bytes;                   /* of the ring that are in use */
    struct sound_buffer buffer[SOUND_QUEUE]; /* SOUND_OUT: a ring, too */
    unsigned first_buffer, buffers;
    bool starved; /* it ran, and there was nothing to take */
};

struct sound_counts {
    uint32_t underruns; /* gaps: all was taken, and then the same stream had more, or ran anew */
    uint32_t overruns;  /* frames recorded that found no buffer, each time it happened */
};

struct sound_dev;

/* A stream has begun to run, or runs no more, or the route is another one. From within a request;
 * owner is the bus's. */
typedef void sound_changed_fn(void *owner);

struct sound_dev {
    struct virtio_dev dev;
    struct virtio_queue queue[4];
    sound_changed_fn *changed;
    struct sound_stream stream[SOUND_STREAMS];
    unsigned streams;       /* without microphone 1 */
    bool plugged;           /* the headset */
    bool to_tell;           /* the driver has not heard of the headset's change */
    enum sound_route route; /* a reset does not change it: Linux sets it once */
    struct sound_counts counts;
};

/* Without microphone there is nothing to record from. */
void sound_attach(struct sound_dev *sound, struct virtio_bus *bus, unsigned slot, bool microphone,
                  sound_changed_fn *changed);

bool sound_runs(const struct sound_dev *sound, enum sound_stream_id stream);

/*
 * Adds the next frames of what is played to mix, SOUND_CHANNELS samples each, as 16-bit samples
 * times gain (256: as they are). What the driver has not given is silence.
 */
void sound_mix(struct sound_dev *sound, int32_t *mix, unsigned frames, unsigned gain);

/* Frames of the microphone, SOUND_CHANNELS samples each; ignored while nothing is recorded. */
void sound_capture(struct sound_dev *sound, const int16_t *samples, unsigned frames);

/* The headset is plugged in or not: the driver is told. */
void sound_plug(struct sound_dev *sound, bool in);

/* ---- Between the files of the device --------------------------------------------------------- */

/* A request of the control queue (vsound_control.c), and one about the controls (vsound_ctl.c): the
 * answer's status, *written bytes with what is behind it. */
uint32_t sound_control(struct virtio_dev *dev, const struct vq_chain *chain, bool *ok);
uint32_t sound_answer_ctl(struct sound_dev *sound, uint32_t code, const struct vq_chain *chain,
                          uint32_t *written);
void sound_put_ctl(const struct sound_dev *sound, uint32_t n, void *to);

/* All buffers of the stream go back to the driver. */
void sound_release(struct sound_dev *sound, enum sound_stream_id stream);

/* Bytes of a frame as the driver has chosen. */
static inline uint32_t sound_frame(const struct sound_stream *stream, uint32_t s32)
{
    return stream->channels * (stream->format == s32 ? 4u : 2u);
}

#endif
