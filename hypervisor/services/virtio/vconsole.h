/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Console with several ports: virtio 1.2, section 5.3, VIRTIO_CONSOLE_F_MULTIPORT. Port 0 is the
 * console proper, and all that a driver without that feature sees. Linux makes hvcN of a port that
 * is a console, and of any other a device whose link is /dev/virtio-ports/NAME.
 */
#ifndef VIRTIO_CONSOLE_H
#define VIRTIO_CONSOLE_H

#include "device.h"

#define CONSOLE_PORTS  3u  /* that a driver makes room for */
#define CONSOLE_NAME   16u /* bytes of a port's name, at most */
#define CONSOLE_QUEUES (2 * (CONSOLE_PORTS + 1))

/* What is behind a port; owner is the bus's. No function blocks. All 0: the port does not exist. */
struct console_port {
    const char *name; /* NULL: it has none; of a port that is not a console: at least that */
    bool console;
    void (*output)(void *owner, const void *data, size_t len); /* bytes from the guest */
    /* The guest begins or ends to use the port; a reset ends it. Told at changes only. May be NULL.
     */
    void (*opened)(void *owner, bool open);
};

struct console_dev {
    struct virtio_dev dev;
    struct virtio_queue queue[CONSOLE_QUEUES];
    const struct console_port *port; /* CONSOLE_PORTS of them */
    uint8_t due[CONSOLE_PORTS];      /* control messages that wait for a buffer of the driver */
    bool open[CONSOLE_PORTS];        /* by the guest */
};

/* `port`: CONSOLE_PORTS of them, which stay; port 0 is a console. */
void console_attach(struct console_dev *console, struct virtio_bus *bus, unsigned slot,
                    const struct console_port *port);

/*
 * Bytes for the guest; returns how many it took, fewer when it has given no buffers. A port other
 * than 0 takes none while the guest does not use it.
 */
size_t console_input(struct console_dev *console, unsigned port, const void *data, size_t len);

#endif
