/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines as people name them. Rates and delays are of the order of those that other phone emulators
 * have under these names. A delay is that of one way.
 */
#include "phone/network.h"

#define KBIT    1000u
#define MBIT    1000000u
#define MS      1000u
#define PERCENT 10000u /* of a million */

const struct network_profile network_profiles[] = {
    {"full", {0}, {0}},
    {"5g", {1000 * MBIT, 3 * MS, 2 * MS, 0}, {200 * MBIT, 3 * MS, 2 * MS, 0}},
    {"lte", {100 * MBIT, 15 * MS, 10 * MS, 0}, {50 * MBIT, 15 * MS, 10 * MS, 0}},
    {"hsdpa", {14 * MBIT, 40 * MS, 30 * MS, 0}, {5760 * KBIT, 40 * MS, 30 * MS, 0}},
    {"umts", {1920 * KBIT, 50 * MS, 50 * MS, 0}, {384 * KBIT, 50 * MS, 50 * MS, 0}},
    {"edge", {236800, 100 * MS, 100 * MS, 0}, {118400, 100 * MS, 100 * MS, 0}},
    {"gprs", {80 * KBIT, 150 * MS, 100 * MS, 0}, {40 * KBIT, 150 * MS, 100 * MS, 0}},
    {"gsm", {14400, 250 * MS, 50 * MS, 0}, {14400, 250 * MS, 50 * MS, 0}},
    {"lossy",
     {14 * MBIT, 40 * MS, 40 * MS, 10 * PERCENT},
     {5 * MBIT, 40 * MS, 40 * MS, 10 * PERCENT}},
    {.name = NULL},
};

const struct network_profile *network_profile(const char *name)
{
    for (const struct network_profile *profile = network_profiles; profile->name; profile++) {
        if (g_strcmp0(profile->name, name) == 0) {
            return profile;
        }
    }
    return NULL;
}
