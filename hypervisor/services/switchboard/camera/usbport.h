/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A persona's USB: USB/IP on a port of its socket device, a connection for each device that it
 * uses. */
#ifndef USBPORT_H
#define USBPORT_H

#include "usb/usbip.h"
#include "virtio/vsock.h"
#include "vm/vm.h"

/* The device is number n (0 to USBIP_DEVICES - 1) of vm's. Before the virtio devices. */
void usbport_plug(const struct vm *vm, unsigned n, struct usb_device *device);

/* What is behind the port. */
extern const struct vsock_service usbport_service;

#endif
