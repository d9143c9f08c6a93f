/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Cities and rough outlines of the land, to find one's way on the map. */
#ifndef PANEL_PLACES_H
#define PANEL_PLACES_H

struct place {
    const char *name; /* NULL ends the list */
    float lat, lon;   /* degrees */
    int rank;         /* 1 is seen from furthest away */
};

extern const struct place places[];

/* A piece of land: a polygon of places, to a degree or two. */
struct shore {
    const short (*point)[2]; /* latitude, longitude: on from one to the next, also beyond 180 */
    unsigned count;          /* 0 ends the list */
};

extern const struct shore shores[];

#endif
