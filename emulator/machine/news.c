/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "hw/phonebooth/news.h"
#include "machine/call.h"
#include "machine/news.h"

static struct {
    void (*fn)(void *opaque, const char *part);
    void *opaque;
} listener;

static void tell(void *part)
{
    listener.fn(listener.opaque, part);
}

/* Later, for the part is in the middle of its change. Names of parts are constants. */
static void on_news(const char *part)
{
    machine_call(tell, (void *)part);
}

void news_listen(void (*fn)(void *opaque, const char *part), void *opaque)
{
    listener.fn = fn;
    listener.opaque = opaque;
    board_news = on_news;
}
