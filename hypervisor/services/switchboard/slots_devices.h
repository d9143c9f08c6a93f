/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Between slots.c, which makes the devices of a VM, and slots_give.c, which gives them something.
 */
#ifndef SLOTS_DEVICES_H
#define SLOTS_DEVICES_H

#include "net/net.h"
#include "virtio/vblock.h"
#include "virtio/vconsole.h"
#include "virtio/ventropy.h"
#include "virtio/vgpu.h"
#include "virtio/vnet.h"
#include "virtio/vsock.h"
#include "virtio/vsound.h"
#include "vm/vm.h"

/* Ports of the console: contracts.md, section 4 */
enum { PORT_CONSOLE, PORT_GNSS };

struct devices {
    struct block_dev system, data;
    struct net_dev net[NET_WIRES];
    struct gpu_dev gpu;
    struct touch_dev touch;
    struct keys_dev keys;
    struct console_dev console;
    struct console_port port[CONSOLE_PORTS];
    struct entropy_dev entropy;
    struct sound_dev sound;
    struct vsock_dev vsock;
};

/* NULL: it has no virtio. */
struct devices *slots_of(const struct vm *vm);

#endif
