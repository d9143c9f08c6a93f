/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes of the board's parts that nobody has asked for. No QEMU types in this header. */
#ifndef MACHINE_NEWS_H
#define MACHINE_NEWS_H

/*
 * From now on fn is called when the battery's percentage, charger or charging ("battery") or the
 * values of a sensor (its name) have changed: on the machine's thread, from its main loop. Once.
 */
void news_listen(void (*fn)(void *opaque, const char *part), void *opaque);

#endif
