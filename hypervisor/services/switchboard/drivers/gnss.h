/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The board's GNSS receiver: NMEA 0183 on a UART of its own, its power a line of the GPIO. */
#ifndef GNSS_H
#define GNSS_H

#include "board.h"

/* burst(): whole sentences with "\r\n", that came together. False: the board has no receiver. */
bool gnss_init(const struct board *board, void (*burst)(const char *text, size_t len));

/* Without power the receiver is silent. */
void gnss_power(bool on);

#endif
