/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* NMEA 0183 as GPS receivers write it: 4.10, GP talker, mode indicators of 2.3. */
#include "nmea.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DAY_MS        INT64_C(86400000)
#define MINUTE_DIGITS 100000u /* a minute of arc is written with five digits */
#define PER_MESSAGE   4u      /* satellites in a GSV sentence */

/* Where satellites stand in the sky, and how strong they are. Those in view are the first ones. */
static const struct satellite {
    uint8_t number, elevation; /* degrees */
    uint16_t azimuth;
    uint8_t strength; /* C/N0, dB-Hz */
} sky[NMEA_SATELLITES] = {
    {5, 67, 48, 46},   {13, 55, 292, 44}, {15, 48, 181, 43}, {20, 37, 110, 41},
    {24, 31, 236, 40}, {29, 27, 58, 38},  {2, 24, 321, 37},  {18, 20, 205, 35},
    {10, 16, 83, 33},  {26, 13, 274, 31}, {7, 9, 144, 29},   {31, 6, 12, 26},
};

/* Dilution of precision, tenths: worse with few satellites. */
static unsigned dilution(unsigned satellites)
{
    return 6 + 36 / (satellites ? satellites : 1);
}

struct burst {
    char *text;
    size_t len;
};

static uint8_t checksum(const char *text, size_t len)
{
    uint8_t sum = 0;

    for (size_t i = 0; i < len; i++) {
        sum ^= (uint8_t)text[i];
    }
    return sum;
}

/* Adds a sentence: what stands between '$' and '*'. */
__attribute__((format(printf, 2, 3))) static void add(struct burst *b, const char *format, ...)
{
    char body[NMEA_SENTENCE - 5];
    va_list arguments;
    int len;

    va_start(arguments, format);
    len = vsnprintf(body, sizeof(body), format, arguments);
    va_end(arguments);
    if (len < 0 || (size_t)len >= sizeof(body)) {
        return; /* no fix within its ranges is so long */
    }
    b->len += (size_t)snprintf(b->text + b->len, NMEA_BURST - b->len, "$%s*%02X\r\n", body,
                               checksum(body, (size_t)len));
}

/* ---- Fields -------------------------------------------------------------------------------- */

struct fields {
    char time[16], date[8];
    char place[40]; /* latitude and longitude with their hemispheres */
    char course[8], knots[12], kmh[12];
};

/* Days since 1970 to a date: the year begins in March, so that the leap day is its last. */
static void write_time(struct fields *f, int64_t unix_ms)
{
    const uint32_t ms = (uint32_t)(unix_ms % DAY_MS), s = ms / 1000;
    const uint32_t day = (uint32_t)(unix_ms / DAY_MS) + 719468u;
    const uint32_t era = day / 146097u, of_era = day % 146097u;
    const uint32_t year = (of_era - of_era / 1460u + of_era / 36524u - of_era / 146096u) / 365u;
    const uint32_t of_year = of_era - (365u * year + year / 4u - year / 100u);
    const uint32_t month = (5u * of_year + 2u) / 153u;
    const uint32_t calendar = month < 10 ? month + 3 : month - 9;
    const uint32_t full = year + era * 400u + (calendar <= 2);

    snprintf(f->time, sizeof(f->time), "%02u%02u%02u.%03u", (unsigned)(s / 3600),
             (unsigned)(s / 60 % 60), (unsigned)(s % 60), (unsigned)(ms % 1000));
    snprintf(f->date, sizeof(f->date), "%02u%02u%02u",
             (unsigned)((of_year - (153u * month + 2u) / 5u + 1u) % 100u),
             (unsigned)(calendar % 100u), (unsigned)(full % 100u));
}

/* Degrees and minutes, then the hemisphere. */
static int write_angle(char *to, size_t size, int32_t angle, int digits, const char *hemispheres)
{
    const uint32_t value = angle < 0 ? 0u - (uint32_t)angle : (uint32_t)angle;
    uint32_t degrees = value / NMEA_DEGREE;
    uint32_t minutes =
        (uint32_t)(((uint64_t)(value % NMEA_DEGREE) * 60 * MINUTE_DIGITS + NMEA_DEGREE / 2) /
                   NMEA_DEGREE);

    if (minutes == 60 * MINUTE_DIGITS) {
        degrees++;
        minutes = 0;
    }
    return snprintf(to, size, "%0*u%02u.%05u,%c", digits, (unsigned)degrees,
                    (unsigned)(minutes / MINUTE_DIGITS), (unsigned)(minutes % MINUTE_DIGITS),
                    hemispheres[angle < 0]);
}

static void write_place(struct fields *f, const struct nmea_fix *fix)
{
    int len;

    if (!fix->valid) {
        strcpy(f->place, ",,,");
        return;
    }
    len = write_angle(f->place, sizeof(f->place), fix->latitude, 2, "NS");
    f->place[len++] = ',';
    write_angle(f->place + len, sizeof(f->place) - (size_t)len, fix->longitude, 3, "EW");
}

static void write_hundredths(char *to, size_t size, uint64_t value)
{
    snprintf(to, size, "%lu.%02u", (unsigned long)(value / 100), (unsigned)(value % 100));
}

/* A knot is 1852 m an hour. */
static void write_motion(struct fields *f, const struct nmea_fix *fix)
{
    const uint64_t speed = fix->speed_mms;

    if (!fix->valid) {
        return;
    }
    write_hundredths(f->course, sizeof(f->course), fix->course % 36000u);
    write_hundredths(f->knots, sizeof(f->knots), (speed * 90 + 231) / 463);
    write_hundredths(f->kmh, sizeof(f->kmh), (speed * 36 + 50) / 100);
}

/* ---- Sentences ----------------------------------------------------------------------------- */

static void add_gga(struct burst *b, const struct fields *f, const struct nmea_fix *fix)
{
    const uint32_t cm =
        fix->altitude_cm < 0 ? 0u - (uint32_t)fix->altitude_cm : (uint32_t)fix->altitude_cm;

    if (!fix->valid) {
        add(b, "GPGGA,%s,,,,,0,00,,,M,,M,,", f->time);
        return;
    }
    add(b, "GPGGA,%s,%s,1,%02u,%u.%u,%s%u.%02u,M,0.0,M,,", f->time, f->place, fix->satellites,
        dilution(fix->satellites) / 10, dilution(fix->satellites) % 10,
        fix->altitude_cm < 0 ? "-" : "", (unsigned)(cm / 100), (unsigned)(cm % 100));
}

static void add_gsa(struct burst *b, const struct nmea_fix *fix)
{
    const unsigned used = fix->valid ? fix->satellites : 0, dop = dilution(used);
    char numbers[NMEA_SATELLITES * 3 + 1];
    size_t len = 0;

    for (unsigned i = 0; i < NMEA_SATELLITES; i++) {
        len += (size_t)(i < used ? snprintf(numbers + len, sizeof(numbers) - len, "%02u,",
                                            (unsigned)sky[i].number)
                                 : snprintf(numbers + len, sizeof(numbers) - len, ","));
    }
    if (!fix->valid) {
        add(b, "GPGSA,A,1,%s,,", numbers);
    } else {
        add(b, "GPGSA,A,3,%s%u.%u,%u.%u,%u.%u", numbers, dop * 2 / 10, dop * 2 % 10, dop / 10,
            dop % 10, dop * 17 / 100, dop * 17 / 10 % 10);
    }
}

static void add_gsv(struct burst *b, unsigned satellites)
{
    const unsigned messages = satellites ? (satellites + PER_MESSAGE - 1) / PER_MESSAGE : 1;

    for (unsigned message = 0; message < messages; message++) {
        char list[PER_MESSAGE * 14 + 1] = "";
        size_t len = 0;

        for (unsigned i = message * PER_MESSAGE; i < satellites && i < (message + 1) * PER_MESSAGE;
             i++) {
            len += (size_t)snprintf(list + len, sizeof(list) - len, ",%02u,%02u,%03u,%02u",
                                    (unsigned)sky[i].number, (unsigned)sky[i].elevation,
                                    (unsigned)sky[i].azimuth, (unsigned)sky[i].strength);
        }
        add(b, "GPGSV,%u,%u,%02u%s", messages, message + 1, satellites, list);
    }
}

size_t nmea_burst(char *text, const struct nmea_fix *fix, int64_t unix_ms)
{
    struct burst b = {.text = text};
    struct nmea_fix seen = *fix;
    struct fields f = {"", "", "", "", "", ""};

    seen.satellites = fix->satellites < NMEA_SATELLITES ? fix->satellites : NMEA_SATELLITES;
    write_time(&f, unix_ms > 0 ? unix_ms : 0);
    write_place(&f, &seen);
    write_motion(&f, &seen);
    text[0] = '\0';
    add_gga(&b, &f, &seen);
    add_gsa(&b, &seen);
    add_gsv(&b, seen.satellites);
    add(&b, "GPRMC,%s,%c,%s,%s,%s,%s,,,%c", f.time, seen.valid ? 'A' : 'V', f.place, f.knots,
        f.course, f.date, seen.valid ? 'A' : 'N');
    add(&b, "GPVTG,%s,T,,M,%s,N,%s,K,%c", f.course, f.knots, f.kmh, seen.valid ? 'A' : 'N');
    return b.len;
}

static int hex(char c)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

bool nmea_is_sentence(const char *text, size_t len)
{
    int sum;

    if (len < 4 || len > NMEA_SENTENCE - 2 || text[0] != '$' || text[len - 3] != '*') {
        return false;
    }
    if (hex(text[len - 2]) < 0 || hex(text[len - 1]) < 0) {
        return false;
    }
    for (size_t i = 1; i < len - 3; i++) {
        if (text[i] < ' ' || text[i] > '~') {
            return false;
        }
    }
    sum = hex(text[len - 2]) << 4 | hex(text[len - 1]);
    return sum == checksum(text + 1, len - 4);
}
