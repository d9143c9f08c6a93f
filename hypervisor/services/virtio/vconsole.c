/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Console with several ports: virtio 1.2, section 5.3. */
#include "vconsole.h"

#include <string.h>

#define CONSOLE_QUEUE 32u

#define F_MULTIPORT (1ull << 1)

#define CONFIG_PORTS 4u /* in configuration space, 5.3.4: max_nr_ports */

/* 5.3.2: the control queues stand between those of port 0 and those of the others. */
#define CONTROL_RECEIVE  2u
#define CONTROL_TRANSMIT 3u
#define TRANSMIT(port)   (RECEIVE(port) + 1u)
#define RECEIVE(port)    ((port) ? 2u * (port) + 2u : 0u)

/* 5.3.6.2 */
enum control_event {
    DEVICE_READY = 0,
    DEVICE_ADD = 1,
    PORT_READY = 3,
    CONSOLE_PORT = 4,
    PORT_OPEN = 6,
    PORT_NAME = 7,
};

struct control {
    uint32_t port;
    uint16_t event;
    uint16_t value;
};

/* What is due to the driver, in the order in which it is sent. */
static const uint8_t order[] = {DEVICE_ADD, CONSOLE_PORT, PORT_NAME, PORT_OPEN};

#define DUE(event) ((uint8_t)(1u << (event)))

static bool is_there(const struct console_dev *console, unsigned port)
{
    return port < CONSOLE_PORTS && console->port[port].output;
}

static bool has_ports(const struct console_dev *console)
{
    return console->dev.accepted & F_MULTIPORT;
}

/* ---- Control ------------------------------------------------------------------------------- */

/* False: the driver has given no buffer; it then says so when it gives one. */
static bool take_control(struct console_dev *console, struct vq_chain *chain)
{
    struct virtio_dev *dev = &console->dev;

    if (virtio_take(dev, CONTROL_RECEIVE, chain)) {
        return true;
    }
    vq_enable_notify(&dev->queue[CONTROL_RECEIVE].vq);
    return virtio_take(dev, CONTROL_RECEIVE, chain);
}

static bool send(struct console_dev *console, unsigned port, enum control_event event)
{
    struct control message = {port, (uint16_t)event, event != DEVICE_ADD && event != PORT_NAME};
    const char *name = event == PORT_NAME ? console->port[port].name : "";
    struct vq_chain chain;
    size_t sent;

    if (!take_control(console, &chain)) {
        return false;
    }
    sent = vq_write(&chain, 0, &message, sizeof(message));
    sent += vq_write(&chain, sent, name, strnlen(name, CONSOLE_NAME));
    virtio_answer(&console->dev, CONTROL_RECEIVE, chain.head, (uint32_t)sent);
    return true;
}

static bool send_due(struct console_dev *console, unsigned port)
{
    for (unsigned i = 0; i < sizeof(order); i++) {
        if (console->due[port] & DUE(order[i])) {
            if (!send(console, port, order[i])) {
                return false;
            }
            console->due[port] &= (uint8_t)~DUE(order[i]);
        }
    }
    return true;
}

static void send_all(struct console_dev *console)
{
    for (unsigned port = 0; port < CONSOLE_PORTS; port++) {
        if (!send_due(console, port)) {
            break;
        }
    }
    virtio_signal(&console->dev, CONTROL_RECEIVE);
}

static void set_open(struct console_dev *console, unsigned port, bool open)
{
    if (console->open[port] != open) {
        console->open[port] = open;
        if (console->port[port].opened) {
            console->port[port].opened(console->dev.bus->owner, open);
        }
    }
}

/* Which port there is, is told once the driver is ready; what it is, once the port is. */
static void device_ready(struct console_dev *console)
{
    for (unsigned port = 0; port < CONSOLE_PORTS; port++) {
        console->due[port] |= is_there(console, port) ? DUE(DEVICE_ADD) : 0;
    }
}

static void port_ready(struct console_dev *console, unsigned port)
{
    const struct console_port *what = &console->port[port];

    console->due[port] |= DUE(PORT_OPEN);
    console->due[port] |= what->console ? DUE(CONSOLE_PORT) : 0;
    console->due[port] |= what->name ? DUE(PORT_NAME) : 0;
}

/* Messages that make no sense are ignored; the value of a `ready` is 1, else the driver failed. */
static void control(struct console_dev *console, const struct vq_chain *chain)
{
    struct control message = {0};

    if (vq_read(chain, 0, &message, sizeof(message)) < sizeof(message)) {
        return;
    }
    if (message.event == DEVICE_READY && message.value) {
        device_ready(console);
    } else if (is_there(console, message.port)) {
        if (message.event == PORT_READY && message.value) {
            port_ready(console, message.port);
        } else if (message.event == PORT_OPEN) {
            set_open(console, message.port, message.value);
        }
    }
    send_all(console);
}

static void console_refilled(struct virtio_dev *dev, unsigned queue)
{
    if (queue == CONTROL_RECEIVE) {
        send_all((struct console_dev *)dev);
    }
}

/* ---- Data ---------------------------------------------------------------------------------- */

static void output(struct console_dev *console, unsigned port, const struct vq_chain *chain)
{
    for (unsigned i = 0; is_there(console, port) && i < chain->out; i++) {
        console->port[port].output(console->dev.bus->owner, chain->seg[i].data, chain->seg[i].len);
    }
}

static uint32_t console_request(struct virtio_dev *dev, unsigned queue,
                                const struct vq_chain *chain, bool *ok)
{
    struct console_dev *console = (struct console_dev *)dev;
    const uint32_t cost = chain->out_bytes;
    const uint16_t head = chain->head;

    (void)ok;
    if (queue == TRANSMIT(0)) {
        output(console, 0, chain);
    } else if (queue != CONTROL_TRANSMIT) {
        output(console, queue / 2 - 1, chain);
    } else if (has_ports(console)) {
        control(console, chain); /* its segments are gone then */
    }
    virtio_answer(dev, queue, head, 0);
    return cost;
}

size_t console_input(struct console_dev *console, unsigned port, const void *data, size_t len)
{
    struct vq_chain chain;
    size_t done = 0, n;

    if (port && !console->open[port]) {
        return 0;
    }
    while (done < len && virtio_take(&console->dev, RECEIVE(port), &chain)) {
        n = vq_write(&chain, 0, (const uint8_t *)data + done, len - done);
        virtio_answer(&console->dev, RECEIVE(port), chain.head, (uint32_t)n);
        done += n;
    }
    virtio_signal(&console->dev, RECEIVE(port));
    return done;
}

static void console_reset(struct virtio_dev *dev)
{
    struct console_dev *console = (struct console_dev *)dev;

    for (unsigned port = 0; port < CONSOLE_PORTS; port++) {
        console->due[port] = 0;
        set_open(console, port, false);
    }
}

static void console_resume(struct virtio_dev *dev)
{
    struct console_dev *console = (struct console_dev *)dev;

    for (unsigned port = 0; port < CONSOLE_PORTS; port++) {
        if (console->open[port] && console->port[port].opened) {
            console->port[port].opened(dev->bus->owner, true);
        }
    }
}

#define TRANSMITS 0xaaaaaaaau /* every second queue */

static const struct virtio_ops console_ops = {
    .id = VIRTIO_ID_CONSOLE,
    .name = "virtio-console",
    .queues = CONSOLE_QUEUES,
    .queue_size = CONSOLE_QUEUE,
    .served = TRANSMITS & ((1u << CONSOLE_QUEUES) - 1),
    .request = console_request,
    .refilled = console_refilled,
    .reset = console_reset,
    .resume = console_resume,
};

void console_attach(struct console_dev *console, struct virtio_bus *bus, unsigned slot,
                    const struct console_port *port)
{
    console->port = port;
    virtio_attach(&console->dev, &console_ops, console->queue, bus, slot, F_MULTIPORT);
    virtio_config_put32(&console->dev, CONFIG_PORTS, CONSOLE_PORTS);
}
