/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the driver of a sound device and the device tell each other: virtio 1.3, section 5.14.6. */
#ifndef VIRTIO_SOUND_ABI_H
#define VIRTIO_SOUND_ABI_H

#include <stdint.h>

enum sound_request {
    SOUND_R_JACK_INFO = 0x0001,
    SOUND_R_JACK_REMAP = 0x0002,
    SOUND_R_PCM_INFO = 0x0100,
    SOUND_R_PCM_SET_PARAMS = 0x0101,
    SOUND_R_PCM_PREPARE = 0x0102,
    SOUND_R_PCM_RELEASE = 0x0103,
    SOUND_R_PCM_START = 0x0104,
    SOUND_R_PCM_STOP = 0x0105,
    SOUND_R_CHMAP_INFO = 0x0200,
    SOUND_R_CTL_INFO = 0x0300,
    SOUND_R_CTL_ENUM_ITEMS = 0x0301,
    SOUND_R_CTL_READ = 0x0302,
    SOUND_R_CTL_WRITE = 0x0303,
};

enum sound_event_code { SOUND_EVT_JACK_CONNECTED = 0x1000, SOUND_EVT_JACK_DISCONNECTED = 0x1001 };

enum sound_answer {
    SOUND_S_OK = 0x8000,
    SOUND_S_BAD_MSG = 0x8001,
    SOUND_S_NOT_SUPP = 0x8002,
    SOUND_S_IO_ERR = 0x8003,
};

enum sound_format { SOUND_FMT_S16 = 5, SOUND_FMT_S32 = 17 };
enum sound_rate { SOUND_RATE_48000 = 7 };
enum sound_direction { SOUND_D_OUTPUT = 0, SOUND_D_INPUT = 1 };
enum sound_position { SOUND_CHMAP_FL = 3, SOUND_CHMAP_FR = 4 };

#define SOUND_CHMAP_MAX 18u

enum sound_jack { SOUND_JACK_HEADSET, SOUND_JACK_SPEAKER };

struct sound_query {
    uint32_t code;
    uint32_t first, count;
    uint32_t size; /* of an item of the answer, bytes */
};

struct sound_pcm_request {
    uint32_t code;
    uint32_t stream;
};

struct sound_set_params {
    uint32_t code;
    uint32_t stream;
    uint32_t buffer_bytes, period_bytes;
    uint32_t features;
    uint8_t channels, format, rate, padding;
};

struct sound_jack_info {
    uint32_t node;
    uint32_t features;
    uint32_t defconf; /* Intel HDA 1.0a, 7.3.3.31, configuration default */
    uint32_t caps;    /* 7.3.4.9, pin capabilities */
    uint8_t connected;
    uint8_t padding[7];
};

struct sound_pcm_info {
    uint32_t node;
    uint32_t features;
    uint64_t formats, rates; /* masks */
    uint8_t direction, channels_min, channels_max;
    uint8_t padding[5];
};

struct sound_chmap_info {
    uint32_t node;
    uint8_t direction, channels;
    uint8_t position[SOUND_CHMAP_MAX];
};

enum sound_ctl_type { SOUND_CTL_ENUMERATED = 3 };

#define SOUND_F_CTLS     (1ull << 0)
#define SOUND_CTL_READ   (1u << 0)
#define SOUND_CTL_WRITE  (1u << 1)
#define SOUND_CTL_NAME   44u
#define SOUND_CTL_ITEM   64u
#define SOUND_CTL_VALUES 128u

struct sound_ctl_request {
    uint32_t code;
    uint32_t control;
};

struct sound_ctl_info {
    uint32_t node;
    uint32_t role;
    uint32_t type;
    uint32_t access;
    uint32_t count;
    uint32_t index;
    char name[SOUND_CTL_NAME];
    uint32_t padding;
    union {
        uint32_t items;
        uint64_t range[3];
    } value;
};
_Static_assert(sizeof(struct sound_ctl_info) == 96, "5.14.6.10");

struct sound_ctl_value {
    uint32_t enumerated[SOUND_CTL_VALUES];
};

struct sound_event {
    uint32_t code;
    uint32_t data;
};

struct sound_pcm_status {
    uint32_t status;
    uint32_t latency_bytes;
};

#endif
