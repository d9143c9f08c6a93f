/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Sound device, controls: virtio 1.3, section 5.14.6.10. There is one, the route. */
#include <string.h>

#include "vsound.h"
#include "vsound_abi.h"

/* As the guest's programs name them. */
static const char control_name[SOUND_CTL_NAME] = "Output Select";
static const char routes[SOUND_ROUTES][SOUND_CTL_ITEM] = {
    [SOUND_SPEAKER] = "Speaker",
    [SOUND_EARPIECE] = "Earpiece",
};

void sound_put_ctl(const struct sound_dev *sound, uint32_t n, void *to)
{
    struct sound_ctl_info info = {
        .type = SOUND_CTL_ENUMERATED,
        .access = SOUND_CTL_READ | SOUND_CTL_WRITE,
        .count = 1,
        .value.items = SOUND_ROUTES,
    };

    (void)sound;
    (void)n;
    memcpy(info.name, control_name, sizeof(control_name));
    memcpy(to, &info, sizeof(info));
}

/* Behind the header; false: there is no room for it. */
static bool put(const struct vq_chain *chain, const void *data, uint32_t len, uint32_t *written)
{
    if (chain->in_bytes < *written + len) {
        return false;
    }
    *written += (uint32_t)vq_write(chain, *written, data, len);
    return true;
}

static uint32_t read_route(const struct sound_dev *sound, const struct vq_chain *chain,
                           uint32_t *written)
{
    const uint32_t route = sound->route;

    return put(chain, &route, sizeof(route), written) ? SOUND_S_OK : SOUND_S_BAD_MSG;
}

static uint32_t write_route(struct sound_dev *sound, const struct vq_chain *chain)
{
    uint32_t route;

    if (vq_read(chain, sizeof(struct sound_ctl_request), &route, sizeof(route)) != sizeof(route) ||
        route >= SOUND_ROUTES) {
        return SOUND_S_BAD_MSG;
    }
    sound->route = (enum sound_route)route;
    sound->changed(sound->dev.bus->owner);
    return SOUND_S_OK;
}

uint32_t sound_answer_ctl(struct sound_dev *sound, uint32_t code, const struct vq_chain *chain,
                          uint32_t *written)
{
    struct sound_ctl_request request;

    if (vq_read(chain, 0, &request, sizeof(request)) != sizeof(request) ||
        request.control >= SOUND_CTLS) {
        return SOUND_S_BAD_MSG;
    }
    switch (code) {
    case SOUND_R_CTL_ENUM_ITEMS:
        return put(chain, routes, sizeof(routes), written) ? SOUND_S_OK : SOUND_S_BAD_MSG;
    case SOUND_R_CTL_READ:
        return read_route(sound, chain, written);
    case SOUND_R_CTL_WRITE:
        return write_route(sound, chain);
    default:
        return SOUND_S_NOT_SUPP;
    }
}
