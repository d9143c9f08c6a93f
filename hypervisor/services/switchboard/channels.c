/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "channels.h"

#include "camera/camera.h"
#include "camera/usbport.h"

#define CHANNELS  1u
#define FIRST_CID 2u /* of VM 0, which is the host's: no persona has it */

static const struct channel {
    const struct vsock_service *service;
    bool (*allowed)(const struct vm *vm);
} channels[CHANNELS] = {
    {&usbport_service, camera_allowed},
};

const struct vsock_service *const *channels_of(const struct vm *vm)
{
    static const struct vsock_service *of[PB_MAX_VMS][CHANNELS + 1];
    unsigned n = 0;

    for (unsigned i = 0; i < CHANNELS; i++) {
        if (channels[i].allowed(vm)) {
            of[vm->index][n++] = channels[i].service;
        }
    }
    return of[vm->index];
}

uint64_t channels_cid(const struct vm *vm)
{
    return FIRST_CID + vm->id;
}
