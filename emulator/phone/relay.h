/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Connections of a persona that a proxy makes: HTTP's CONNECT (RFC 9110, 9.3.6) or SOCKS 5 (RFC
 * 1928), both by GIO. A relay is a port of 127.0.0.1 that stands for one server. They run in a
 * thread of their own, which nobody waits for. No QEMU in it.
 */
#ifndef PHONE_RELAY_H
#define PHONE_RELAY_H

#include <glib.h>
#include <stdint.h>

struct proxy;

/* HOST:PORT, http://HOST:PORT or socks5://HOST:PORT. NULL: one line that says what is wrong. */
struct proxy *proxy_new(const char *text, GError **error);

/* Relays that are open, and connections, go on. NULL does nothing. */
void proxy_unref(struct proxy *proxy);

/* Any thread. The port of a new relay to `port` of `address`, and *relay for relay_close(); 0:
 * there is none to be had. */
unsigned relay_open(struct proxy *proxy, const uint8_t address[4], unsigned port, void **relay);

/* Any thread. No more connections; those that there are go on. */
void relay_close(void *relay);

#endif
