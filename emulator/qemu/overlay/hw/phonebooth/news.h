/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The host hears of a part's change: no polling. */
#ifndef HW_PHONEBOOTH_NEWS_H
#define HW_PHONEBOOTH_NEWS_H

/* "battery", "camera", or a sensor's name; with QEMU's lock held. NULL: nobody wants to hear. */
extern void (*board_news)(const char *part);

static inline void board_tell(const char *part)
{
    if (board_news) {
        board_news(part);
    }
}

#endif
