/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What a GPS receiver says once a second: NMEA 0183 sentences GGA, GSA, GSV, RMC, VTG. Integers
 * only, no I/O and no state. For the fixed position of a persona, and for the model of the board's
 * receiver.
 */
#ifndef NMEA_H
#define NMEA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NMEA_SENTENCE   82u      /* bytes of one, at most, with "\r\n" */
#define NMEA_BURST      1024u    /* enough for all of a second */
#define NMEA_SATELLITES 12u      /* in view, at most */
#define NMEA_DEGREE     10000000 /* units of latitude and longitude in one */

struct nmea_fix {
    bool valid;          /* false: the receiver does not know where it is; the rest but satellites
                            does not count */
    int32_t latitude;    /* north positive, -90..90 degrees in NMEA_DEGREE */
    int32_t longitude;   /* east positive, -180..180 */
    int32_t altitude_cm; /* above mean sea level */
    uint32_t speed_mms;  /* over ground, mm/s */
    uint32_t course;     /* hundredths of a degree from north to east, 0..35999 */
    unsigned satellites; /* in view: 0..NMEA_SATELLITES, and all of them are used by a valid fix */
};

/* The sentences of a second into text (NMEA_BURST bytes, ended by NUL); returns their length.
 * unix_ms: milliseconds since 1970, UTC. */
size_t nmea_burst(char *text, const struct nmea_fix *fix, int64_t unix_ms);

/* True: text, len bytes without "\r\n", is a sentence with the right checksum. */
bool nmea_is_sentence(const char *text, size_t len);

#endif
